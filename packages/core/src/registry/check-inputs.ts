import type { CandidateInput, CandidateSource } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import { describeValue } from '../foundation/describe-value.js';
import { candidateInvalid, readCandidate, type CheckedCandidate } from './check-candidate.js';
import { readSource, UNNAMED_SOURCE } from './read-source.js';
import { REGISTRY_ERRORS, type InputProblem } from './registry-errors.js';
import { describeSource, sourceIdentity } from './source-identity.js';

/** Checks every input of one call, and that no source offers one place twice in it. */
export function checkInputs(inputs: Iterable<CandidateInput>): readonly CheckedCandidate[] {
  const checked = checkEach(inputs);
  assertNoDuplicates(checked);
  return checked;
}

/** As `checkInputs`, for inputs that are all offered by `owner`. */
export function checkSourceInputs(
  owner: CandidateSource,
  inputs: Iterable<CandidateInput>,
): readonly CheckedCandidate[] {
  const checked = checkEach(inputs).map((candidate, index) => ({
    ...candidate,
    source: ownedSource(owner, candidate.source, index),
  }));
  assertNoDuplicates(checked);
  return checked;
}

/** Checks the source of a replacement. Throws `ONEIRIC_REGISTRY_SOURCE_INVALID`. */
export function checkSource(source: unknown): {
  readonly owner: CandidateSource;
  readonly identity: string;
} {
  const problems: string[] = [];
  const owner = readGiven(source, problems);
  const identity = sourceIdentity(owner);
  if (identity === undefined && problems.length === 0) {
    problems.push('a manual source needs an id, so that it can be told from others.');
  }
  if (identity === undefined || problems.length > 0) {
    throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_SOURCE_INVALID', { reason: problems.join(' ') });
  }
  return { owner, identity };
}

function readGiven(source: unknown, problems: string[]): CandidateSource {
  try {
    return readSource(source ?? null, (path, found, expected) => {
      problems.push(`${path}: expected ${expected}; found ${describeValue(found)}.`);
    });
  } catch {
    problems.push('it throws when it is read.');
    return UNNAMED_SOURCE;
  }
}

/** The owner, with the place in a file where this input was written, if it has one. */
function ownedSource(owner: CandidateSource, own: CandidateSource, index: number): CandidateSource {
  if (own === UNNAMED_SOURCE) return owner;
  if (sourceIdentity(own) !== sourceIdentity(owner)) {
    const reason =
      `candidates[${index}] says that it comes from ${describeSource(own)}, not from ${describeSource(owner)}. ` +
      'Leave its source out.';
    throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_SOURCE_INVALID', { reason });
  }
  return Object.freeze({ ...owner, ...own });
}

/** Every input checked; what is wrong with any of them is reported in one error. */
function checkEach(inputs: unknown): CheckedCandidate[] {
  const problems: InputProblem[] = [];
  const checked = toArray(inputs).flatMap((input, index) => readCandidate(input, index, problems) ?? []);
  if (problems.length > 0) throw candidateInvalid(problems);
  return checked;
}

/** An iterable is the caller's code: what it throws comes with a code, the place it had got to, and as the cause. */
function toArray(inputs: unknown): unknown[] {
  const expected = 'an iterable of candidates';
  const read: unknown[] = [];
  try {
    if (typeof inputs === 'object' && inputs !== null && Symbol.iterator in inputs) {
      for (const input of inputs as Iterable<unknown>) read.push(input);
      return read;
    }
  } catch (cause) {
    const found = `one that throws when it is read: ${describeThrown(cause)}`;
    throw candidateInvalid([{ path: `candidates[${read.length}]`, found, expected }], { cause });
  }
  throw candidateInvalid([{ path: 'candidates', found: describeValue(inputs), expected }]);
}

function assertNoDuplicates(candidates: readonly CheckedCandidate[]): void {
  const seen = new Map<string, number>();
  candidates.forEach(({ domain, key, provider, source }, index) => {
    const identity = sourceIdentity(source);
    if (identity === undefined) return;
    const place = `${identity}\u0000${domain}/${key}/${provider}`;
    const first = seen.get(place);
    if (first !== undefined) {
      const details = {
        domain,
        key,
        provider,
        source: describeSource(source),
        indexes: [first, index] as const,
      };
      throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_DUPLICATE', details);
    }
    seen.set(place, index);
  });
}
