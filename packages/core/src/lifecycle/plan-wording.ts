import { nameOf } from './lifecycle-wording.js';
import type { SwapPlan, SwapStep } from './plan-swap.js';
import type { SwapReport } from './swap-report.js';

type Subject = Pick<SwapPlan, 'from' | 'to'>;

/** What a swap is going to do, in a sentence. */
export const PLAN_WORDING: Readonly<Record<SwapPlan['action'], (plan: Subject) => string>> = {
  start: ({ to }) => `Start ${nameOf(to)}; nothing runs.`,
  swap: ({ from, to }) => `Swap from ${nameOf(from)} to ${nameOf(to)}.`,
  keep: ({ to }) => `Keep ${nameOf(to)}, which runs already.`,
  none: ({ from }) => (from === null ? 'Start nothing.' : `Keep ${nameOf(from)}.`),
};

type StepWording = {
  readonly [K in SwapStep['kind']]: (step: SwapStep & { readonly kind: K }) => string;
};

/** What is done in each step. */
export const STEP_WORDING: StepWording = {
  need: ({ need: { parameter, domain, key, provider, isRunning } }) => {
    const name = `${domain}/${key}`;
    if (isRunning) return `${name} (${provider ?? ''}) runs already, and is given to it as ${parameter}`;
    return provider === null
      ? `${name}, to be given to it as ${parameter}: nothing wins there, and this fails`
      : `start ${name} (${provider}), to be given to it as ${parameter}`;
  },
  build: ({ provider }) => `build ${provider}`,
  health: ({ provider }) => `ask ${provider} whether it is healthy, if it can be asked`,
  handover: ({ provider }) => `hold calls while ${provider} takes over what the old one has`,
  preSwap: () => 'call the hook, which can still refuse',
  bind: ({ provider }) =>
    `from here on ${provider} gets every new call, and what fails later is reported and not undone`,
  drain: ({ provider }) => `wait for the calls in flight on ${provider} to end`,
  cleanup: ({ provider }) => `close ${provider}`,
  postSwap: () => 'call the hook',
};

export const PLAN_TEXT = {
  steps: 'Steps',
  atMost: (duration: string) => `at most ${duration}`,
  wayBack: ({ from, to }: Subject) =>
    `Where a step before bind fails, ${nameOf(to)} is closed again, and ` +
    (from === null ? 'nothing runs.' : `${nameOf(from)} goes on serving.`),
  phases: 'How long it took',
  problems: ({ to }: Subject) => `What failed after ${nameOf(to)} was bound; it serves all the same`,
  unfinished: 'The old one is still being drained and closed.',
} as const;

/** What a swap has done, in a sentence. */
export const SWAP_WORDING: Readonly<
  Record<Exclude<SwapReport['outcome'], 'planned'>, (report: Subject, duration: string) => string>
> = {
  kept: ({ from }) => (from === null ? 'Nothing was started.' : `Kept ${nameOf(from)}.`),
  started: ({ to }, duration) => `Started ${nameOf(to)} in ${duration}.`,
  swapped: ({ from, to }, duration) => `Swapped from ${nameOf(from)} to ${nameOf(to)} in ${duration}.`,
};
