import type { Candidate } from '../decision/candidate.js';

/** A provider, as reports name it. */
export interface ProviderName {
  readonly provider: string;
  readonly version: string | null;
}

export function providerName(candidate: Candidate | undefined): ProviderName | null {
  return candidate === undefined
    ? null
    : { provider: candidate.provider, version: candidate.version ?? null };
}
