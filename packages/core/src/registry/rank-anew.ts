import { isDeepStrictEqual } from 'node:util';

import type { Candidate } from '../decision/candidate.js';
import { effectivePriority, type RankingDefaults } from './ranking-defaults.js';

/** The candidate that was registered, of each that took its place when other defaults ranked it. */
const REGISTERED = new WeakMap<Candidate, Candidate>();
const RANKED_ANEW = new WeakSet<Candidate>();

/** The candidate by other defaults: itself where it has a priority of its own, or where nothing changes for it. */
export function rankedBy(candidate: Candidate, defaults: RankingDefaults): Candidate {
  if (candidate.origins.priority.kind === 'candidate') return candidate;
  const { value, origin } = effectivePriority(undefined, candidate.source.package, defaults);
  if (value === candidate.priority && isDeepStrictEqual(origin, candidate.origins.priority)) return candidate;
  const origins = Object.freeze({ ...candidate.origins, priority: origin });
  const ranked: Candidate = Object.freeze({ ...candidate, priority: value, origins });
  const registered = registeredOf(candidate);
  REGISTERED.set(ranked, registered);
  RANKED_ANEW.add(registered);
  return ranked;
}

/** Did other defaults ever take the place of this registration? */
export function wasRankedAnew(candidate: Candidate): boolean {
  return RANKED_ANEW.has(registeredOf(candidate));
}

/** Are both the same registration, whatever they were ranked by? */
export function isSameRegistration(a: Candidate, b: Candidate): boolean {
  return registeredOf(a) === registeredOf(b);
}

function registeredOf(candidate: Candidate): Candidate {
  return REGISTERED.get(candidate) ?? candidate;
}
