import { type RegistrySnapshot, ResolutionError } from '@oneiric/core';
import type { AttachedProcess, AttachFilter } from '@oneiric/core/attach';

import type { CommandInput } from './command.js';
import { readDomain } from './read-domain.js';
import { type KeyName, readKeyName } from './read-key-name.js';

/**
 * The component of a process that a command is about.
 *
 * @throws `ONEIRIC_CLI_KEY_MISSING`, and `ONEIRIC_RESOLUTION_NONE` for a key that is neither offered nor running there
 */
export async function readComponent(
  input: CommandInput,
  command: string,
  process: AttachedProcess,
): Promise<KeyName> {
  const snapshot = await process.snapshot();
  const name = readKeyName(input, command, snapshot);
  await assertKnown(name, process, snapshot);
  return name;
}

/**
 * The components of a process that are meant: all, those of a domain, or one.
 *
 * @throws `ONEIRIC_CLI_UNKNOWN_DOMAIN`, and as `readComponent`
 */
export async function readFilter(
  input: CommandInput,
  command: string,
  process: AttachedProcess,
): Promise<AttachFilter> {
  const [first, second] = input.args;
  if (first === undefined) return {};
  if (second !== undefined || first.includes('/')) return readComponent(input, command, process);
  const domain = readDomain(input, { kind: 'process', process, snapshot: await process.snapshot() });
  return domain === undefined ? {} : { domain };
}

async function assertKnown(
  { domain, key }: KeyName,
  process: AttachedProcess,
  snapshot: RegistrySnapshot,
): Promise<void> {
  const explanation = snapshot.explain(domain, key);
  if (explanation.candidates.length > 0) return;
  const running = await process.statuses({ domain, key });
  if (running.every((status) => status.running === null)) throw new ResolutionError(explanation);
}
