import type { CandidateInput, CandidateSource } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { checkCandidate, type CheckedCandidate, readSource } from './check-candidate.js';
import { REGISTRY_ERRORS } from './registry-errors.js';
import { describeSource, sourceIdentity } from './source-identity.js';

/** Checks every input of one call, and that no source offers one place twice in it. */
export function checkInputs(inputs: Iterable<CandidateInput>): readonly CheckedCandidate[] {
  const checked = toArray(inputs).map((input, index) => checkCandidate(input, `candidates[${String(index)}]`));
  assertNoDuplicates(checked);
  return checked;
}

/** As `checkInputs`, for inputs that are all offered by `owner`. */
export function checkSourceInputs(owner: CandidateSource, inputs: Iterable<CandidateInput>): readonly CheckedCandidate[] {
  const checked = toArray(inputs).map((input, index) => {
    const candidate = checkCandidate(input, `candidates[${String(index)}]`);
    return { ...candidate, source: ownedSource(owner, input, index) };
  });
  assertNoDuplicates(checked);
  return checked;
}

/** Checks the source of a replacement. Throws `ONEIRIC_REGISTRY_SOURCE_INVALID`. */
export function checkSource(source: unknown): { readonly owner: CandidateSource; readonly identity: string } {
  const problems: string[] = [];
  const owner = readSource(source ?? null, (path, found, expected) => {
    problems.push(`${path}: expected ${expected}; found ${describeValue(found)}.`);
  });
  const identity = sourceIdentity(owner);
  if (identity === undefined) problems.push('a manual source needs an id, so that it can be told from others.');
  if (identity === undefined || problems.length > 0) {
    throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_SOURCE_INVALID', { reason: problems.join(' ') });
  }
  return { owner, identity };
}

/** The owner, with the place in a file where this input was written, if it has one. */
function ownedSource(owner: CandidateSource, input: CandidateInput, index: number): CandidateSource {
  const { source } = input;
  if (source === undefined) return owner;
  if (sourceIdentity(source) !== sourceIdentity(owner)) {
    const reason = `candidates[${String(index)}] says that it comes from ${describeSource(source)}, not from ${describeSource(owner)}. Leave its source out.`;
    throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_SOURCE_INVALID', { reason });
  }
  return Object.freeze({ ...owner, ...source });
}

function toArray(inputs: unknown): CandidateInput[] {
  if (typeof inputs === 'object' && inputs !== null && Symbol.iterator in inputs) return [...(inputs as Iterable<CandidateInput>)];
  const problems = [{ path: 'candidates', found: describeValue(inputs), expected: 'an iterable of candidates' }];
  throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_CANDIDATE_INVALID', { problems });
}

function assertNoDuplicates(candidates: readonly CheckedCandidate[]): void {
  const seen = new Map<string, number>();
  candidates.forEach(({ domain, key, provider, source }, index) => {
    const identity = sourceIdentity(source);
    if (identity === undefined) return;
    const place = `${identity}\u0000${domain}/${key}/${provider}`;
    const first = seen.get(place);
    if (first !== undefined) {
      const details = { domain, key, provider, source: describeSource(source), indexes: [first, index] as const };
      throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_DUPLICATE', details);
    }
    seen.set(place, index);
  });
}
