import type { CandidateInput } from '../decision/candidate.js';
import { rememberDefinitionSite } from '../foundation/definition-site.js';

/**
 * Types one candidate of a configuration, so that `factory` and `health` agree with each other and with
 * `settings`, and remembers the place of the call as the candidate's origin. Nothing is checked here.
 */
export function defineCandidate<T, S = unknown>(candidate: CandidateInput<T, S>): CandidateInput {
  rememberDefinitionSite(candidate, defineCandidate);
  return candidate;
}
