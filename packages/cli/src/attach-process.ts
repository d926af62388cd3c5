import { createError, OneiricError, tellDuration } from '@oneiric/core';
import { type AttachedProcess, connectProcess, type NamedProcess } from '@oneiric/core/attach';

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
  if (name === undefined) {
    return await connectProcess().catch((error: unknown) => {
      throw several(error, command);
    });
  }
  if (!isProcessName(name))
    throw usageError(
      `--attach names a process by its pid or by the path of its socket, not "${name}"`,
      command,
    );
  return await connectProcess(/^\d+$/.test(name) ? Number(name) : name);
}

/** Several processes as a table; an error of anything else, such as several sockets of one process, as it is. */
function several(error: unknown, command: string): unknown {
  if (!OneiricError.is(error, 'ONEIRIC_ATTACH_AMBIGUOUS')) return error;
  const { processes } = error.details;
  if (new Set(processes.map(({ pid }) => pid)).size < processes.length) return error;
  const now = Date.now();
  return createError(CLI_ERRORS, 'ONEIRIC_CLI_PROCESS_SEVERAL', {
    command,
    processes: processes.map(({ pid, name, startedAt, cwd = '' }: NamedProcess) => ({
      pid,
      name,
      since: startedAt === undefined ? '' : tellDuration(Math.max(0, now - Date.parse(startedAt))),
      folder: cwd,
    })),
  });
}
