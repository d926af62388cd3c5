import type { Candidate } from '../decision/candidate.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import { LIFECYCLE_ERRORS, reasonOf } from './lifecycle-errors.js';
import type { Operation, Phase } from './phase.js';
import type { Slot } from './slot.js';

/** The error of an operation that failed in a phase. What the caller or the closing ended keeps its own reason. */
export function phaseFailure(
  slot: Slot,
  operation: Operation,
  phase: Phase,
  { provider }: Candidate,
  error: unknown,
  signal?: AbortSignal,
): unknown {
  if (signal?.aborted === true && error === signal.reason) return error;
  if (OneiricError.is(error, 'ONEIRIC_LIFECYCLE_DEPENDENCY')) return error;
  const { domain, key, current } = slot;
  const serving = current?.candidate.provider ?? null;
  const details = { domain, key, provider, operation, phase, serving, reason: reasonOf(error) };
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_FAILED', details, { cause: error });
}
