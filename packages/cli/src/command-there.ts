import type { CommandInput } from './command.js';
import type { KeyName } from './read-key-name.js';

/** Another command about the same component of the same process, as it is to be typed. */
export function commandThere(command: string, { domain, key }: KeyName, input: CommandInput): string {
  return `oneiric ${command} ${domain}/${key} --attach ${input.text('attach') ?? ''}`.trimEnd();
}
