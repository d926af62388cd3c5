import type { CommandInput } from './command.js';
import { isProcessWord } from './process-name.js';
import type { KeyName } from './read-key-name.js';

/** Another command about the same component of the same process, as it is to be typed. */
export function commandThere(command: string, { domain, key }: KeyName, input: CommandInput): string {
  return `oneiric ${command} ${domain}/${key} ${attachOption(input.text('attach'))}`;
}

/** `--attach`, `--attach 4711`, `--attach=orders`: a name stands in the same word, which a shell may not take apart. */
export function attachOption(process: string | undefined): string {
  if (process === undefined) return '--attach';
  const word = /^[\w@%+:,./-]+$/.test(process) ? process : `'${process.replaceAll("'", `'\\''`)}'`;
  return isProcessWord(process) ? `--attach ${word}` : `--attach=${word}`;
}
