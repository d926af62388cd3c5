import type { SwapPlan } from '@oneiric/core';

/** What `swap --dry-run --json` prints. */
export function planJson(plan: SwapPlan): object {
  return { schemaVersion: 1, ...plan };
}
