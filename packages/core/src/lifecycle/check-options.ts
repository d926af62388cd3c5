import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';

const DEPENDENTS = ['refuse', 'stop'];

/** What each option of a method may be. */
const EXPECTED: Readonly<Record<string, readonly [expected: string, is: (value: unknown) => boolean]>> = {
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
  provider: ['the name of a provider', (value) => typeof value === 'string'],
  dryRun: ['true or false', (value) => typeof value === 'boolean'],
  counts: ['true or false', (value) => typeof value === 'boolean'],
  onBegin: ['a function', (value) => typeof value === 'function'],
  reason: ['a text', (value) => typeof value === 'string'],
  dependents: ['refuse or stop', (value) => DEPENDENTS.includes(value as string)],
};

/** Checks the options of a method. @throws `ONEIRIC_LIFECYCLE_OPTION_INVALID` */
export function assertMethodOptions(options: unknown): asserts options is object | undefined {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null) throw invalid('options', options, 'an object');
  for (const [name, value] of Object.entries(options)) {
    const known = Object.hasOwn(EXPECTED, name) ? EXPECTED[name] : undefined;
    if (known === undefined) {
      const names = Object.keys(EXPECTED);
      throw invalid('options', options, `nothing but ${names.join(', ')}`, nearestName(name, names));
    }
    const [expected, is] = known;
    if (value !== undefined && !is(value)) throw invalid(name, value, expected);
  }
}

function invalid(option: string, value: unknown, expected: string, nearest?: string): Error {
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_OPTION_INVALID', {
    option,
    found: describeValue(value),
    expected,
    ...(nearest === undefined ? {} : { nearest }),
  });
}
