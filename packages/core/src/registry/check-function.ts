import { problemWith } from './read-field.js';
import { optionInvalid } from './registry-errors.js';

/** Throws `ONEIRIC_REGISTRY_OPTION_INVALID` unless `value`, given as `what`, can be called. */
export function assertFunction(what: string, value: unknown): void {
  if (typeof value !== 'function') throw optionInvalid([problemWith(what, value, 'a function')]);
}
