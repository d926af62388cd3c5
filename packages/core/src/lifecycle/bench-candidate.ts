import type { Candidate } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import type { MarkDetail } from '../decision/mark.js';
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
  slot.facts.benched.set(candidate.sequence, { candidate, successes: 0 });
  await setMark(core, candidate, 'UNHEALTHY', { reason });
}

/** Lets a candidate back in that this lifecycle took out. */
export async function unbenchCandidate(core: LifecycleCore, slot: Slot, candidate: Candidate): Promise<void> {
  if (!slot.facts.benched.delete(candidate.sequence)) return;
  await setMark(core, candidate, 'UNHEALTHY', null);
}

/** Lets everyone back in: nobody is left who would notice that they are well again. */
export async function unbenchAll(core: LifecycleCore, slot: Slot): Promise<void> {
  for (const { candidate } of [...slot.facts.benched.values()]) await unbenchCandidate(core, slot, candidate);
}

const BY = 'lifecycle';

/**
 * Sets a mark that says why, or takes it away. One that somebody else has set is left to them: to put ours over it would
 * be to take it away later. A candidate that was unregistered meanwhile needs none.
 */
export async function setMark(
  core: LifecycleCore,
  candidate: Candidate,
  code: 'UNHEALTHY' | 'PAUSED',
  why: { readonly reason: string | undefined } | null,
): Promise<void> {
  if (isMarkedByOthers(core, candidate, code)) return;
  const detail: MarkDetail | null =
    why === null ? null : { by: BY, ...(why.reason === undefined ? {} : { reason: why.reason }) };
  try {
    await core.registry.mark(candidate, code, detail);
  } catch (error) {
    if (!OneiricError.is(error, 'ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN')) throw error;
  }
}

function isMarkedByOthers(
  { registry }: LifecycleCore,
  { domain, key, sequence }: Candidate,
  code: 'UNHEALTHY' | 'PAUSED',
): boolean {
  const detail = registry.explain(domain, key).question.facts.marks.get(sequence)?.get(code);
  return detail !== undefined && (typeof detail === 'string' || detail['by'] !== BY);
}
