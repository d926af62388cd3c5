import type { ValueOrigin } from '../decision/value-origin.js';
import { frozenJson } from './frozen-json.js';
import { isObject, isText } from './read-field.js';

export const ORIGIN_EXPECTED = 'where the value came from: { kind, file, … }';

/** A frozen copy of where a value came from; undefined where it cannot be read as that. */
export function readOrigin(value: unknown): ValueOrigin | undefined {
  const copy = isObject(value) && isText(value['kind']) ? frozenJson(value) : undefined;
  return copy as ValueOrigin | undefined;
}
