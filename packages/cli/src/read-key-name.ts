import { createError, type RegistrySnapshot } from '@oneiric/core';

import { CLI_ERRORS } from './cli-errors.js';
import type { CommandInput } from './command.js';
import { usageError } from './usage-error.js';

/** A domain and a key, as a question names them. */
export interface KeyName {
  readonly domain: string;
  readonly key: string;
}

/**
 * The domain and key of a question: two arguments, or one with a slash.
 *
 * @throws `ONEIRIC_CLI_USAGE` for two keys, `ONEIRIC_CLI_KEY_MISSING` for one without, with the keys that it may mean
 */
export function readKeyName(
  { args }: CommandInput,
  command: string,
  snapshot: Pick<RegistrySnapshot, 'keys'>,
): KeyName {
  const [first = '', second] = args;
  if (second !== undefined && first.includes('/'))
    throw usageError(`One key at a time: "${first}" names one, and "${second}" is a word too many`, command);
  if (second !== undefined) return { domain: first, key: second };
  const slash = first.indexOf('/');
  if (slash >= 0) return { domain: first.slice(0, slash), key: first.slice(slash + 1) };
  const known = snapshot
    .keys()
    .filter(({ domain, key }) => domain === first || key === first)
    .map(({ domain, key }) => `${domain}/${key}`);
  throw createError(CLI_ERRORS, 'ONEIRIC_CLI_KEY_MISSING', { word: first, command, known });
}
