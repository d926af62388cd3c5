import type { Candidate } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import { OneiricError } from '../errors/oneiric-error.js';
import type { LifecycleCore } from './lifecycle-core.js';
import type { Slot } from './slot.js';

/** May another provider run in the place of one that is unwell? Only where that is switched on, and none is pinned. */
export function mayFailOver(core: LifecycleCore, { selection }: Explanation): boolean {
  return core.settings.failover && (selection?.policy !== 'pin' || selection.state === 'not-bound');
}

/** Takes an unhealthy candidate out of the decision. */
export async function benchCandidate(
  core: LifecycleCore,
  slot: Slot,
  candidate: Candidate,
  reason: string,
): Promise<void> {
  await ignoringUnknown(core.registry.mark(candidate, 'UNHEALTHY', { by: 'lifecycle', reason }));
  slot.facts.benched.set(candidate.sequence, { candidate, successes: 0 });
}

/** Lets a candidate back in that this lifecycle took out. */
export async function unbenchCandidate(core: LifecycleCore, slot: Slot, candidate: Candidate): Promise<void> {
  if (!slot.facts.benched.delete(candidate.sequence)) return;
  await ignoringUnknown(core.registry.mark(candidate, 'UNHEALTHY', null));
}

/** A candidate that was unregistered meanwhile needs no mark. */
export async function ignoringUnknown(marking: Promise<void>): Promise<void> {
  try {
    await marking;
  } catch (error) {
    if (!OneiricError.is(error, 'ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN')) throw error;
  }
}
