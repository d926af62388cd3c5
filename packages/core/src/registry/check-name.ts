import { createError } from '../errors/oneiric-error.js';
import { isName } from '../foundation/name.js';
import { describeValue } from '../foundation/describe-value.js';
import { REGISTRY_ERRORS } from './registry-errors.js';

/** Throws `ONEIRIC_REGISTRY_NAME_INVALID` unless `value` is a name. `what` says which: `domain`, `key`, … */
export function assertName(what: string, value: unknown): asserts value is string {
  if (isName(value)) return;
  throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_NAME_INVALID', { what, found: describeValue(value) });
}
