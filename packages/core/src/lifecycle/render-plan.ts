import {
  layoutOf,
  paragraphs,
  titled,
  wrap,
  wrapParts,
  type Layout,
  type LayoutOptions,
  type Span,
} from '../decision/text-layout.js';
import { printable } from '../foundation/printable.js';
import { failureChain } from './failure-chain.js';
import { PLAN_TEXT, PLAN_WORDING, STEP_WORDING, SWAP_WORDING } from './plan-wording.js';
import type { SwapPlan, SwapStep } from './plan-swap.js';
import { renderChain } from './render-chain.js';
import type { SwapReport } from './swap-report.js';
import { tellDuration } from './tell-duration.js';

const INDENT = '  ';
const DEEPER = INDENT + INDENT;

/** What a swap will do and why, step by step, as text for people, without a line end. Pure. */
export function renderPlan(plan: SwapPlan, options: LayoutOptions = {}): string {
  const layout = layoutOf(options);
  const { steps } = plan;
  return paragraphs([
    renderHead(plan, PLAN_WORDING[plan.action](plan), layout),
    titled(
      PLAN_TEXT.steps,
      steps.flatMap((step, index) => renderStep(step, index + 1, layout)),
      layout,
    ),
    steps.some(({ kind }) => kind === 'bind') ? wrap(printable(PLAN_TEXT.wayBack(plan)), layout) : [],
  ]);
}

/** What a swap has done: how long each phase took, and what failed with its causes; of a dry run the plan. Pure. */
export function renderSwapReport(report: SwapReport, options: LayoutOptions = {}): string {
  const { outcome, plan, phases, durationMs, problems, isComplete } = report;
  if (outcome === 'planned') return renderPlan(plan, options);
  const layout = layoutOf(options);
  const took = phases.map((phase): Span => ({ text: `${phase.phase} ${tellDuration(phase.durationMs)}` }));
  return paragraphs([
    renderHead(plan, SWAP_WORDING[outcome](report, tellDuration(durationMs)), layout),
    titled(PLAN_TEXT.phases, took.length === 0 ? [] : wrapParts(took, layout, INDENT, DEEPER), layout),
    isComplete ? [] : wrap(PLAN_TEXT.unfinished, layout).map(layout.warn),
    titled(
      printable(PLAN_TEXT.problems(report)),
      problems.flatMap((problem) => renderChain(failureChain(problem), layout, INDENT)),
      layout,
    ),
  ]);
}

function renderHead({ domain, key, because }: SwapPlan, sentence: string, layout: Layout): string[] {
  return [
    layout.strong(`${domain}/${key}`),
    ...wrap(printable(sentence), layout).map(layout.good),
    ...wrap(printable(because), layout),
  ];
}

function renderStep(step: SwapStep, number: number, layout: Layout): string[] {
  const tell = STEP_WORDING[step.kind] as (step: SwapStep) => string;
  const isPointOfNoReturn = step.kind === 'bind';
  const words = `${String(number)}. ${step.kind}: ${tell(step)}`;
  const limit = 'timeoutMs' in step ? `, ${PLAN_TEXT.atMost(tellDuration(step.timeoutMs))}` : '';
  const lines = wrap(printable(words + limit), layout, INDENT, `${INDENT}   `);
  return isPointOfNoReturn ? lines.map(layout.strong) : lines;
}
