import type { CandidateInput, CandidateSource } from '../../../src/decision/candidate.js';

const FACTORY = (): string => 'an instance';

/** A valid input for `adapter/cache`, with whatever a test says otherwise. All share one factory. */
export function offer(input: Partial<CandidateInput> = {}): CandidateInput {
  return { domain: 'adapter', key: 'cache', factory: FACTORY, ...input };
}

/** Candidates of different providers for one key, `p0`, `p1`, …; the later ones win. */
export function offers(count: number, input: Partial<CandidateInput> = {}): CandidateInput[] {
  return Array.from({ length: count }, (_, index) => offer({ provider: `p${index}`, ...input }));
}

export function plugin(id: string): CandidateSource {
  return { kind: 'plugin', id };
}
