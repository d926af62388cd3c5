import { isDeepStrictEqual } from 'node:util';

import type { Candidate } from '../decision/candidate.js';
import { deepFreeze } from '../foundation/deep-freeze.js';
import type { LifecycleTimeouts } from './lifecycle-options.js';
import type { Phase } from './phase.js';
import { type ProviderName, providerName } from './provider-name.js';

/** Everything that a plan depends on. */
export interface SwapSituation {
  readonly domain: string;
  readonly key: string;
  readonly running: Candidate | undefined;
  /** Who is to run: the winner of the decision, or whom the caller named. */
  readonly target: Candidate | undefined;
  /** Why it is the target, or why there is none: the decision's sentence. */
  readonly because: string;
  /** What the target injects, and whether that runs. */
  readonly needs: readonly PlannedNeed[];
  readonly hooks: { readonly preSwap: boolean; readonly postSwap: boolean };
  readonly timeouts: LifecycleTimeouts;
}

/** One thing that the target injects. */
export interface PlannedNeed {
  readonly parameter: string;
  readonly domain: string;
  readonly key: string;
  /** Who serves or would be started for it; null where nothing wins. */
  readonly provider: string | null;
  readonly isRunning: boolean;
}

/** One step, in the order in which it is done. `bind` is the one after which nothing is undone. */
export type SwapStep =
  | { readonly kind: 'need'; readonly need: PlannedNeed }
  | { readonly kind: 'bind'; readonly provider: string }
  | { readonly kind: Phase; readonly provider: string; readonly timeoutMs: number };

/** What a swap will do, and why. Plain data; `renderPlan` prints it. */
export interface SwapPlan {
  readonly domain: string;
  readonly key: string;
  /** `keep`: the target runs already. `none`: there is no target, and what runs goes on. */
  readonly action: 'start' | 'swap' | 'keep' | 'none';
  readonly from: ProviderName | null;
  readonly to: ProviderName | null;
  readonly because: string;
  readonly steps: readonly SwapStep[];
}

/** Decides what a swap does. Pure: it depends on nothing but the situation, and changes nothing. */
export function planSwap(situation: SwapSituation): SwapPlan {
  const { domain, key, running, target, because } = situation;
  const action = actionFor(running, target);
  return deepFreeze({
    domain,
    key,
    action,
    from: providerName(running),
    to: providerName(target),
    because,
    steps: target === undefined || action === 'keep' ? [] : stepsFor(target, situation),
  });
}

function actionFor(running: Candidate | undefined, target: Candidate | undefined): SwapPlan['action'] {
  if (target === undefined) return 'none';
  if (running === undefined) return 'start';
  return runsAs(running, target) ? 'keep' : 'swap';
}

function stepsFor(target: Candidate, { running, needs, hooks, timeouts }: SwapSituation): SwapStep[] {
  const step = (kind: Phase, { provider }: Candidate, timeoutMs: number): SwapStep => ({
    kind,
    provider,
    timeoutMs,
  });
  const { activationMs, healthMs, handoverMs, drainMs, cleanupMs, hookMs } = timeouts;
  const carries = running !== undefined && target.handover !== undefined;
  return [
    ...needs.map((need): SwapStep => ({ kind: 'need', need })),
    step('build', target, activationMs),
    step('health', target, healthMs),
    ...(carries ? [step('handover', target, handoverMs)] : []),
    ...(hooks.preSwap && running !== undefined ? [step('preSwap', target, hookMs)] : []),
    { kind: 'bind', provider: target.provider },
    ...(running === undefined ? [] : [step('drain', running, drainMs), step('cleanup', running, cleanupMs)]),
    ...(hooks.postSwap && running !== undefined ? [step('postSwap', target, hookMs)] : []),
  ];
}

/** Would an instance of `next` be built as that of `running` was? Then only what is known of it changes. */
export function runsAs(running: Candidate, next: Candidate): boolean {
  return (
    running === next ||
    (running.sequence === next.sequence &&
      running.provider === next.provider &&
      running.factory === next.factory &&
      running.source.generation === next.source.generation &&
      running.settings === next.settings &&
      running.version === next.version &&
      isDeepStrictEqual(running.inject, next.inject))
  );
}
