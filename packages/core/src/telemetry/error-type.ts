import { OneiricError } from '../errors/oneiric-error.js';

/** The code of what failed, or the name of a foreign error: few enough to be an attribute. */
export function errorType(error: unknown): string {
  if (OneiricError.is(error)) return error.code;
  return error instanceof Error ? error.name : typeof error;
}

/** As `errorType`, but of what an operation failed for, where one of our errors was the cause. */
export function causeType(error: unknown): string {
  return error instanceof Error && OneiricError.is(error.cause) ? error.cause.code : errorType(error);
}
