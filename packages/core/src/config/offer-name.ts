import type { CandidateInput } from '../decision/candidate.js';
import { sourceIdentity } from '../registry/source-identity.js';

/**
 * What two offers of one source have in common when one replaces the other: the source, domain, key and provider.
 * Undefined for a source without an identity, whose offers stand side by side.
 */
export function offerName({ domain, key, provider = 'default', source }: CandidateInput): string | undefined {
  const identity = source === undefined ? undefined : sourceIdentity(source);
  return identity === undefined ? undefined : JSON.stringify([identity, domain, key, provider]);
}
