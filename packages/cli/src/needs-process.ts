import type { CommandInput } from './command.js';
import { usageError } from './usage-error.js';

const INSTEAD =
  'What there is now: "oneiric explain <domain>/<key> --status <file>" reads the status file that an application ' +
  'keeps, and "oneiric swap <domain>/<key> --dry-run" plans a swap';

/** Why a command that asks a running process cannot be done. */
export function needsProcess(command: string, input: CommandInput): Error {
  if (isAttached(input))
    return usageError(`This version cannot attach to a running process yet. ${INSTEAD}`, command);
  const without = command === 'swap' ? '; --dry-run plans without one' : '';
  return usageError(`"${command}" asks a running process: name it with --attach${without}`, command);
}

/** `--attach` may stand without a value. */
export function isAttached(input: CommandInput): boolean {
  return input.flag('attach') || input.text('attach') !== undefined;
}
