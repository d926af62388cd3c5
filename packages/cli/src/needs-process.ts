import type { CommandInput } from './command.js';
import { usageError } from './usage-error.js';

/** Why a command that asks a running process cannot be done without one. */
export function needsProcess(command: string): Error {
  const without = command === 'swap' ? '; --dry-run plans without one' : '';
  return usageError(`"${command}" asks a running process: name it with --attach${without}`, command);
}

/** `--attach` may stand without a value. */
export function isAttached(input: CommandInput): boolean {
  return input.flag('attach') || input.text('attach') !== undefined;
}
