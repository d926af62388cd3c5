import type { OneiricError } from '../errors/oneiric-error.js';
import { createError } from '../errors/oneiric-error.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import type { Slot } from './slot.js';
import { decisionFor, type SwapTarget } from './swap-component.js';

/** The best candidate of the provider that served well before the present one. @throws `ONEIRIC_LIFECYCLE_NO_ROLLBACK` */
export function rollbackTarget(core: LifecycleCore, slot: Slot): SwapTarget {
  const { facts, current } = slot;
  const running = current?.candidate;
  while (
    facts.lastGood !== undefined &&
    facts.lastGood.provider === running?.provider &&
    facts.lastGood.version === (running.version ?? null)
  ) {
    facts.forgetLastGood();
  }
  const { lastGood } = facts;
  if (lastGood === undefined) throw refused(slot, 'no other provider served well before the present one');
  const { winner, summary } = decisionFor(core, slot, lastGood.provider);
  if (winner === null)
    throw refused(slot, `${lastGood.provider} is not eligible any more: ${summary.replace(/\.$/, '')}`);
  return { candidate: winner, because: `${lastGood.provider} served well before` };
}

function refused({ domain, key }: Slot, reason: string): OneiricError {
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_NO_ROLLBACK', { domain, key, reason });
}
