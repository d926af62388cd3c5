import type { Phase } from './phase.js';
import type { SwapPlan } from './plan-swap.js';
import type { ProviderName } from './provider-name.js';

/** What a swap, a roll-back or a start did. */
export interface SwapReport {
  readonly domain: string;
  readonly key: string;
  /** `planned`: nothing was done, only said. */
  readonly outcome: 'kept' | 'started' | 'swapped' | 'planned';
  readonly from: ProviderName | null;
  readonly to: ProviderName | null;
  readonly plan: SwapPlan;
  /** How long each phase took that has ended. */
  readonly phases: readonly { readonly phase: Phase; readonly durationMs: number }[];
  readonly durationMs: number;
  /** What failed after the new one was bound, in order: it serves all the same. */
  readonly problems: readonly unknown[];
  /** False where the caller's signal ended the wait for the old one to close, which goes on. */
  readonly isComplete: boolean;
}
