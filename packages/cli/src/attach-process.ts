import { createError, OneiricError, tellDuration } from '@oneiric/core';
import { type AttachedProcess, connectProcess, type NamedProcess } from '@oneiric/core/attach';

import { CLI_ERRORS } from './cli-errors.js';
import type { CommandInput } from './command.js';
import { attachOption } from './command-there.js';
import { ownVersion } from './own-version.js';
import { processTarget } from './process-name.js';
import { usageError } from './usage-error.js';

/** Options that choose a project; a process has chosen long ago. */
const CHOOSES_PROJECT = ['cwd', 'config', 'env', 'select', 'stack-order'];

/**
 * The process that `--attach` means; without a value the only one that lets itself be attached to.
 *
 * @throws `ONEIRIC_CLI_USAGE`, `ONEIRIC_CLI_PROCESS_SEVERAL`, and as `connectProcess`
 */
export async function attachProcess(input: CommandInput, command: string): Promise<AttachedProcess> {
  for (const option of CHOOSES_PROJECT) {
    if (input.text(option) === undefined && input.texts(option).length === 0) continue;
    throw usageError(
      `--attach and --${option} contradict each other: a process runs with the configuration that it has`,
      command,
    );
  }
  const name = input.text('attach');
  const client = `oneiric/${ownVersion()}`;
  if (name === undefined) {
    return await connectProcess(undefined, { client }).catch((error: unknown) => {
      throw several(error, input, command);
    });
  }
  if (name === '') throw usageError('--attach= names no process', command);
  return await connectProcess(processTarget(name), { client }).catch((error: unknown) => {
    throw several(error, input, command);
  });
}

/** Several processes as a table; an error of anything else, such as several sockets of one process, as it is. */
function several(error: unknown, { args }: CommandInput, command: string): unknown {
  if (!OneiricError.is(error, 'ONEIRIC_ATTACH_AMBIGUOUS')) return error;
  const { processes } = error.details;
  if (new Set(processes.map(({ pid }) => pid)).size < processes.length) return error;
  const now = Date.now();
  // A name that stands alone among the words was most likely meant to be that of the process.
  const [meant, ...others] = processes.filter(({ name }) => args.includes(name));
  const answering = processes.find(({ startedAt }) => startedAt !== undefined) ?? processes[0];
  const named = meant === undefined || others.length > 0 ? String(answering?.pid) : meant.name;
  return createError(CLI_ERRORS, 'ONEIRIC_CLI_PROCESS_SEVERAL', {
    command,
    example: attachOption(named),
    processes: processes.map(({ pid, name, startedAt, cwd = '' }: NamedProcess) => ({
      pid,
      name,
      since: startedAt === undefined ? '' : tellDuration(Math.max(0, now - Date.parse(startedAt))),
      folder: cwd,
    })),
  });
}
