import { createError, OneiricError } from '@oneiric/core';
import type { AttachedProcess, AttachEvent, AttachFilter } from '@oneiric/core/attach';

import { CLI_ERRORS } from '../cli-errors.js';
import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { isAttached, needsProcess } from '../needs-process.js';
import { readFilter } from '../read-component.js';
import { keyOfEvent, tellEvent } from '../renderers/event-words.js';
import { watchScreen } from '../watch-screen.js';

/** `oneiric watch`: what happens in a process as it happens, until Ctrl+C, or until its reader or the process has gone. */
export async function run(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  if (!isAttached(input)) throw needsProcess('watch');
  const { host, attach } = context;
  const process = await attach();
  const filter = await readFilter(input, 'watch', process);
  const ended = new AbortController();
  const end = (): void => {
    ended.abort();
  };
  using _interrupt = host.onInterrupt?.(end);
  using _unread = host.stdout.onUnread?.(end);
  const isLive = host.stdout.isTTY && host.env['TERM'] !== 'dumb' && !input.flag('json');
  try {
    if (isLive) await watchScreen(process, filter, host, ended.signal);
    else await printEvents(process, filter, input, context, ended.signal);
  } catch (error) {
    if (ended.signal.aborted) return EXIT.ok;
    const isGone =
      OneiricError.is(error, 'ONEIRIC_ATTACH_LOST') || OneiricError.is(error, 'ONEIRIC_ATTACH_CLOSED');
    throw isGone ? gone(process, error) : error;
  }
  if (ended.signal.aborted) return EXIT.ok;
  throw gone(process);
}

async function printEvents(
  process: AttachedProcess,
  filter: AttachFilter,
  input: CommandInput,
  { print }: CommandContext,
  signal: AbortSignal,
): Promise<void> {
  for await (const event of process.events(filter, signal)) {
    const line = input.flag('json') ? JSON.stringify(event) : eventLine(event);
    if (line !== undefined) print(line);
  }
}

/** `2026-01-31T12:00:00.000Z adapter/cache swapped from memory to redis in 12 ms` */
function eventLine(event: AttachEvent): string | undefined {
  const words = tellEvent(event);
  if (words === undefined) return undefined;
  return [event.at, keyOfEvent(event), words].filter((part) => part !== '').join(' ');
}

function gone({ info: { pid, name } }: AttachedProcess, cause?: unknown): Error {
  return createError(
    CLI_ERRORS,
    'ONEIRIC_CLI_PROCESS_GONE',
    { pid, name },
    cause === undefined ? {} : { cause },
  );
}
