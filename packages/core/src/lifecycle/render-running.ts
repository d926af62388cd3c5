import {
  layoutOf,
  paragraphs,
  table,
  titled,
  wrap,
  wrapLabelled,
  wrapParts,
  type Layout,
  type LayoutOptions,
  type Span,
} from '../decision/text-layout.js';
import { printable } from '../foundation/printable.js';
import type { PauseFacts, SwapRecord } from './component-status.js';
import { tellCause, tellDecision } from './history-wording.js';
import {
  DURATION_COLUMNS,
  HEALTH_WORDING,
  LIFECYCLE_WORDING,
  nameOf,
  STATE_WORDING,
  tellStanding,
} from './lifecycle-wording.js';
import { renderChain } from './render-chain.js';
import type { LifecycleFacts, RunningReport, RunningStanding } from './running-report.js';
import { tellDuration } from './tell-duration.js';

const INDENT = '  ';
const DEEPER = INDENT + INDENT;

export interface RenderRunningOptions extends LayoutOptions {
  /** How many of the last decisions are shown. Default: 3. */
  readonly decisions?: number;
}

/** What runs, why it was not swapped, and who holds what, as text for people, without a line end. Pure. */
export function renderRunning(report: RunningReport, options: RenderRunningOptions = {}): string {
  const layout = layoutOf(options);
  const { running, lifecycle } = report;
  return paragraphs([
    titled(
      LIFECYCLE_WORDING.running[running.source],
      [...renderStanding(running, layout), ...renderFacts(lifecycle, layout)],
      layout,
    ),
    titled(LIFECYCLE_WORDING.durations, renderDurations(lifecycle, layout), layout),
    titled(LIFECYCLE_WORDING.holders, renderHolders(report, layout), layout),
    titled(LIFECYCLE_WORDING.history, renderHistory(report, options.decisions ?? 3, layout), layout),
  ]);
}

function renderStanding(standing: RunningStanding, layout: Layout): string[] {
  const paint = standing.reason === 'same' ? layout.good : layout.warn;
  return wrap(tellStanding(standing), layout, INDENT, DEEPER).map(paint);
}

function renderFacts(facts: LifecycleFacts, layout: Layout): string[] {
  const { state, health, boundForMs = null, inFlight, operation = null, swaps = 0 } = facts;
  const { heldCalls = 0, pause = null } = facts;
  const { lastSwap = null, lastGood, failure, attempts } = facts;
  const isRunning = boundForMs !== null;
  const parts: Span[] = [
    { text: STATE_WORDING[state] },
    { text: HEALTH_WORDING[health], ...(health === 'unhealthy' ? { paint: layout.bad } : {}) },
    ...(isRunning ? [{ text: LIFECYCLE_WORDING.boundFor(tellDuration(boundForMs)) }] : []),
    ...(isRunning && inFlight !== undefined ? [{ text: LIFECYCLE_WORDING.inFlight(inFlight) }] : []),
    ...(heldCalls === 0 ? [] : [{ text: LIFECYCLE_WORDING.heldCalls(heldCalls), paint: layout.warn }]),
    ...(swaps === 0 ? [] : [{ text: LIFECYCLE_WORDING.swaps(swaps) }]),
  ];
  return [
    ...wrapParts(parts, layout, INDENT, DEEPER),
    ...(pause === null ? [] : renderPause(pause, layout)),
    ...(operation === null
      ? []
      : wrap(LIFECYCLE_WORDING.operation(operation.kind, operation.phase), layout, INDENT, DEEPER)),
    ...(failure === null
      ? []
      : [
          ...wrap(LIFECYCLE_WORDING.failure(failure.provider, attempts), layout, INDENT, DEEPER).map(
            layout.bad,
          ),
          ...renderChain(failure.causes, layout, DEEPER),
        ]),
    ...(lastSwap === null ? [] : renderLastSwap(lastSwap, layout)),
    ...(lastGood === null
      ? []
      : wrap(LIFECYCLE_WORDING.lastGood(printable(nameOf(lastGood))), layout, INDENT, DEEPER)),
  ];
}

function renderPause({ reason, forMs, waitMs }: PauseFacts, layout: Layout): string[] {
  const words = LIFECYCLE_WORDING.pause(reason, tellDuration(forMs), tellDuration(waitMs));
  return wrap(printable(words), layout, INDENT, DEEPER).map(layout.warn);
}

function renderLastSwap({ from, to, operation, durationMs, problems }: SwapRecord, layout: Layout): string[] {
  const [before, after] = [printable(nameOf(from)), printable(nameOf(to))];
  return [
    ...wrap(
      LIFECYCLE_WORDING.lastSwap(before, after, operation, tellDuration(durationMs)),
      layout,
      INDENT,
      DEEPER,
    ),
    ...(problems.length === 0
      ? []
      : [
          ...wrap(LIFECYCLE_WORDING.afterBinding, layout, DEEPER),
          ...problems.flatMap((causes) => renderChain(causes, layout, INDENT + DEEPER)),
        ]),
  ];
}

function renderDurations({ durations }: LifecycleFacts, layout: Layout): string[] {
  const columns = Object.keys(DURATION_COLUMNS) as (keyof typeof DURATION_COLUMNS)[];
  const rows = Object.entries(durations).map(([what, summary]): Span[] => [
    { text: printable(what) },
    ...columns.map((column) => ({
      text: column === 'count' ? String(summary.count) : tellDuration(summary[column]),
    })),
  ]);
  if (rows.length === 0) return [];
  const heading = ['', ...Object.values(DURATION_COLUMNS)].map((text): Span => ({
    text,
    paint: layout.faint,
  }));
  return (
    table([heading, ...rows], layout, INDENT) ??
    rows.flatMap(([what, ...rest]) =>
      wrapParts(
        [
          ...(what === undefined ? [] : [what]),
          ...rest.map(({ text }, index) => ({ text: `${heading[index + 1]?.text ?? ''} ${text}` })),
        ],
        layout,
        INDENT,
        DEEPER,
      ),
    )
  );
}

function renderHolders(
  { injected = [], dependents = [], retiring = [] }: RunningReport,
  layout: Layout,
): string[] {
  const line = (label: string, texts: readonly string[]): string[] =>
    texts.length === 0
      ? []
      : wrapLabelled(
          `${label}:`,
          texts.map((text) => ({ text: printable(text) })),
          layout,
          INDENT,
          DEEPER,
        );
  return [
    ...line(
      LIFECYCLE_WORDING.injected,
      injected.map(({ parameter, domain, key, running }) =>
        LIFECYCLE_WORDING.need(parameter, `${domain}/${key}`, running),
      ),
    ),
    ...line(LIFECYCLE_WORDING.dependents, dependents),
    ...line(
      LIFECYCLE_WORDING.retiring,
      retiring.map((each) => `${nameOf(each)}, ${LIFECYCLE_WORDING.inFlight(each.inFlight)}`),
    ),
  ];
}

function renderHistory({ history = [], running }: RunningReport, most: number, layout: Layout): string[] {
  const own = `${running.domain}/${running.key}`;
  const shown = history.slice(0, most);
  const earlier = history.length - shown.length;
  return [
    ...shown.flatMap((record) => {
      const parts = [tellDecision(record), ...record.cause.map((change) => tellCause(change, own))];
      return wrapLabelled(
        LIFECYCLE_WORDING.revision(record.revision),
        parts.map((text) => ({ text: printable(text) })),
        layout,
        INDENT,
        DEEPER,
      );
    }),
    ...(earlier === 0 ? [] : wrap(LIFECYCLE_WORDING.earlier(earlier), layout, INDENT).map(layout.faint)),
  ];
}
