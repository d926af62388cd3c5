import { createError, tellDuration } from '@oneiric/core';
import { type AttachedProcess, connectProcess, listProcesses } from '@oneiric/core/attach';

import { CLI_ERRORS } from './cli-errors.js';
import type { CommandInput } from './command.js';
import { isProcessName } from './process-name.js';
import { usageError } from './usage-error.js';

/** Options that choose a project; a process has chosen long ago. */
const CHOOSES_PROJECT = ['cwd', 'config', 'env', 'select', 'stack-order'];

/**
 * The process that `--attach` names; without a name the only one that lets itself be attached to.
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
  if (name === undefined) return await connectProcess(await onlyProcess(command));
  if (!isProcessName(name))
    throw usageError(
      `--attach names a process by its pid or by the path of its socket, not "${name}"`,
      command,
    );
  return await connectProcess(/^\d+$/.test(name) ? Number(name) : name);
}

/** Its socket; undefined where there is none, which whoever connects to it says best. */
async function onlyProcess(command: string): Promise<string | undefined> {
  const processes = await listProcesses();
  if (processes.length < 2) return processes[0]?.socket;
  const now = Date.now();
  throw createError(CLI_ERRORS, 'ONEIRIC_CLI_PROCESS_SEVERAL', {
    command,
    processes: processes.map(({ pid, name, startedAt, cwd }) => ({
      pid,
      name,
      since: tellDuration(Math.max(0, now - Date.parse(startedAt))),
      folder: cwd,
    })),
  });
}
