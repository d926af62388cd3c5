import type { OneiricError } from '../errors/oneiric-error.js';
import { createError } from '../errors/oneiric-error.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import { runsAs } from './plan-swap.js';
import type { Slot } from './slot.js';
import { decisionFor, type SwapTarget } from './swap-component.js';

/** The best candidate of the provider that served well before the present one. @throws `ONEIRIC_LIFECYCLE_NO_ROLLBACK` */
export function rollbackTarget(core: LifecycleCore, slot: Slot): SwapTarget {
  const { facts, current } = slot;
  const running = current?.candidate;
  for (;;) {
    const { lastGood } = facts;
    if (lastGood === undefined)
      throw refused(
        slot,
        'none is left that served well before; whoever was rolled back from is returned to only by a swap that names it',
      );
    const { provider, version } = lastGood;
    const explanation = decisionFor(core, slot, provider);
    const { winner, summary } = explanation;
    const isSame = provider === running?.provider && version === (running.version ?? null);
    // Also where its provider only offers what runs already: there is nothing of it to return to.
    if (isSame || (winner !== null && running !== undefined && runsAs(running, winner))) {
      facts.forgetLastGood();
      continue;
    }
    if (winner === null)
      throw refused(slot, `${provider} is not eligible any more: ${summary.replace(/\.$/, '')}`);
    return { candidate: winner, because: `${provider} served well before`, explanation };
  }
}

function refused({ domain, key }: Slot, reason: string): OneiricError {
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_NO_ROLLBACK', { domain, key, reason });
}
