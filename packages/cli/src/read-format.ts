import { nearestName } from '@oneiric/core';

import type { CommandInput } from './command.js';
import { FORMATS } from './formats.js';
import { usageError } from './usage-error.js';

/**
 * The form in which a command prints its data: that of `--format`, JSON with `--json`, else text.
 *
 * @throws `ONEIRIC_CLI_USAGE` for a form that the command does not have, and where the two options contradict
 */
export function readFormat<C extends keyof typeof FORMATS>(
  input: CommandInput,
  command: C,
): (typeof FORMATS)[C][number] {
  const formats: readonly (typeof FORMATS)[C][number][] = FORMATS[command];
  const asked = input.text('format') ?? (input.flag('json') ? 'json' : 'text');
  const format = formats.find((each) => each === asked);
  if (format === undefined) {
    const problem = `"${command}" has no format "${asked}"; it has ${formats.join(', ')}`;
    throw usageError(problem, command, nearestName(asked, formats));
  }
  if (input.flag('json') && format !== 'json')
    throw usageError(`--json and --format ${format} contradict each other`, command);
  return format;
}
