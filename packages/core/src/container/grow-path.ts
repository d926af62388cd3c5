import type { Candidate } from '../decision/candidate.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import { type DependencyStep, reasonOf } from '../lifecycle/lifecycle-errors.js';
import { CONTAINER_ERRORS } from './container-errors.js';
import type { InjectedKey } from './injected-keys.js';

/** The codes whose details have the whole path. */
const WITH_PATH = [
  'ONEIRIC_CONTAINER_MISSING',
  'ONEIRIC_CONTAINER_CYCLE',
  'ONEIRIC_CONTAINER_SCOPE_LEAK',
  'ONEIRIC_CONTAINER_SCOPE_NEEDED',
  'ONEIRIC_CONTAINER_NOT_ACTIVE',
  'ONEIRIC_CONTAINER_ASYNC',
  'ONEIRIC_CONTAINER_FAILED',
] as const;

export function stepOf(candidate: Candidate): DependencyStep {
  const { domain, key, provider } = candidate;
  return { domain, key, provider, parameter: null };
}

/** What somebody's constructor or factory threw, with the component it belongs to; the thrown thing is the cause. */
export function failedError(candidate: Candidate, thrown: unknown): OneiricError {
  const details = { path: [stepOf(candidate)], thrown: reasonOf(thrown) };
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_FAILED', details, { cause: thrown });
}

/**
 * The path of an error, grown by one step: `holder` was to be given what could not be had. An error grows so at every
 * component that it passes on its way out, and keeps its code and its cause.
 */
export function grown(holder: Candidate, { name, key }: InjectedKey, error: unknown): OneiricError {
  const own = stepOf(holder);
  for (const code of WITH_PATH) {
    if (!OneiricError.is(error, code)) continue;
    const { details } = error;
    const path = [own, ...under(name, details.path)];
    return createError(CONTAINER_ERRORS, code, { ...details, path }, { cause: error.cause });
  }
  if (OneiricError.is(error, 'ONEIRIC_LIFECYCLE_DEPENDENCY')) {
    const { path, reason } = error.details;
    const details = { path: [own, ...under(name, path)], thrown: reason };
    return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_FAILED', details, { cause: error.cause });
  }
  const provider = OneiricError.is(error, 'ONEIRIC_LIFECYCLE_FAILED') ? error.details.provider : null;
  const step = { domain: key.domain, key: key.key, provider, parameter: name };
  const details = { path: [own, step], thrown: reasonOf(error) };
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_FAILED', details, { cause: error });
}

function under(parameter: string, [first, ...rest]: readonly DependencyStep[]): readonly DependencyStep[] {
  return first === undefined ? [] : [{ ...first, parameter }, ...rest];
}
