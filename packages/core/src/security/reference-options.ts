import { isAbsolute } from 'node:path';

import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isPackageName } from './package-name.js';
import { REFERENCE_ERRORS } from './reference-errors.js';

type OptionRule = readonly [expected: string, is: (value: unknown) => boolean];

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

export const LOADER_OPTIONS: Readonly<Record<string, OptionRule>> = {
  projectDir: [
    'the absolute path of a folder',
    (value) => typeof value === 'string' && isAbsolute(value) && !value.includes('\0'),
  ],
  packages: [
    'a list of names of packages',
    (value) => value === undefined || (Array.isArray(value) && value.every(isPackageName)),
  ],
  maxBytes: ['a whole number from 0', (value) => value === undefined || isCount(value)],
};

export const LOAD_OPTIONS: Readonly<Record<string, OptionRule>> = {
  signal: ['an AbortSignal', (value) => value === undefined || value instanceof AbortSignal],
  digest: [
    '"sha256-" and 43 characters of base64url',
    (value) => value === undefined || (typeof value === 'string' && /^sha256-[\w-]{43}$/.test(value)),
  ],
  generation: ['a whole number from 0', (value) => value === undefined || isCount(value)],
  within: ['a package and the absolute path of its folder', (value) => value === undefined || isScope(value)],
};

/** Refuses what is no option, or is not what its rule says. @throws `ONEIRIC_REFERENCE_OPTION_INVALID` */
export function assertOptions(options: unknown, rules: Readonly<Record<string, OptionRule>>): void {
  if (typeof options !== 'object' || options === null) throw invalid('options', options, 'an object');
  const names = Object.keys(rules);
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw invalid('options', options, `nothing but ${names.join(', ')}`);
  }
  for (const [name, [expected, is]] of Object.entries(rules)) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (!is(value)) throw invalid(name, value, expected);
  }
}

function isScope(value: object | null): boolean {
  const { package: name, folder } = (value ?? {}) as {
    readonly package?: unknown;
    readonly folder?: unknown;
  };
  return isPackageName(name) && typeof folder === 'string' && isAbsolute(folder) && !folder.includes('\0');
}

function invalid(option: string, value: unknown, expected: string): Error {
  const found = describeValue(value);
  return createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_OPTION_INVALID', { option, found, expected });
}
