import { OneiricError } from '../errors/oneiric-error.js';

/** The code of what failed, or the name of a foreign error: few enough to be an attribute. */
export function errorType(error: unknown): string {
  if (OneiricError.is(error)) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

/** As `errorType`, of what a phase of an operation failed for. */
export function causeType(error: unknown): string {
  return errorType(OneiricError.is(error, 'ONEIRIC_LIFECYCLE_FAILED') ? (error.cause ?? error) : error);
}
