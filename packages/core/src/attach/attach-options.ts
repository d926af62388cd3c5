import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { ATTACH_ERRORS } from './attach-errors.js';

/** The words for what one option may be, and the check of it. */
export type Expected = readonly [expected: string, is: (value: unknown) => boolean];

/** What each option of a function may be. */
export type ExpectedOptions<O> = Readonly<Record<keyof O, Expected>>;

export const SIGNAL: Expected = ['an AbortSignal', (value) => value instanceof AbortSignal];
export const DIRECTORY: Expected = [
  'the path of a folder',
  (value) => typeof value === 'string' && value !== '' && !value.includes('\0'),
];

/** @throws `ONEIRIC_ATTACH_OPTION_INVALID` */
export function assertOptions<O extends object>(options: unknown, expected: ExpectedOptions<O>): void {
  if (typeof options !== 'object' || options === null) throw optionInvalid('options', options, 'an object');
  const names = Object.keys(expected);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(expected, name)) {
      const known = names.length === 0 ? 'no options' : `nothing but ${names.join(', ')}`;
      throw optionInvalid('options', options, known, nearestName(name, names));
    }
    const [wanted, is] = expected[name as keyof O];
    if (value !== undefined && !is(value)) throw optionInvalid(name, value, wanted);
  }
}

export function optionInvalid(option: string, value: unknown, expected: string, nearest?: string): Error {
  return createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_OPTION_INVALID', {
    option,
    found: describeValue(value),
    expected,
    ...(nearest === undefined ? {} : { nearest }),
  });
}
