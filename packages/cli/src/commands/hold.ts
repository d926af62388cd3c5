import { setTimeout } from 'node:timers/promises';

import { type ComponentStatus, createError } from '@oneiric/core';
import type { AttachedProcess } from '@oneiric/core/attach';

import { CLI_ERRORS } from '../cli-errors.js';
import type { CommandContext, CommandInput, RunCommand } from '../command.js';
import { commandThere } from '../command-there.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { tellHeldCalls } from '../held-calls.js';
import { isAttached, needsProcess } from '../needs-process.js';
import { showProgress } from '../progress.js';
import { readComponent } from '../read-component.js';
import type { KeyName } from '../read-key-name.js';
import { statusJson } from '../renderers/status-json.js';
import { statusTable } from '../renderers/status-table.js';

/** So long is looked after an interrupted drain, until it has left its phase. */
const PATIENCE_MS = 3000;
const LOOK_AGAIN_MS = 50;

type HoldCommand = 'pause' | 'drain' | 'resume';
type Hold = (process: AttachedProcess, name: KeyName, signal: AbortSignal) => Promise<ComponentStatus>;

/** `oneiric pause`: new calls are held, those in flight go on. */
export const pause: RunCommand = (input, context) =>
  hold('pause', input, context, (process, { domain, key }, signal) =>
    process.pause(domain, key, { ...reasonOf(input), signal }),
  );

/** `oneiric drain`: new calls are held, and those in flight waited for. */
export const drain: RunCommand = (input, context) =>
  hold('drain', input, context, (process, { domain, key }, signal) =>
    process.drain(domain, key, { ...reasonOf(input), signal }),
  );

/** `oneiric resume`: calls go through again. */
export const resume: RunCommand = (input, context) =>
  hold('resume', input, context, (process, { domain, key }, signal) =>
    process.resume(domain, key, { signal }),
  );

async function hold(
  command: HoldCommand,
  input: CommandInput,
  { host, isQuiet, attach, screen, print, note }: CommandContext,
  work: Hold,
): Promise<ExitCode> {
  if (!isAttached(input)) throw needsProcess(command);
  const process = await attach();
  const name = await readComponent(input, command, process);
  const again = commandThere('resume', name, input);
  const interrupted = new AbortController();
  using _interrupt = host.onInterrupt?.(() => {
    interrupted.abort();
  });
  const status = await (async () => {
    using _progress = showProgress('Waiting for the calls in flight to end', host.stderr, isQuiet);
    return await work(process, name, interrupted.signal);
  })().catch(async (error: unknown) => {
    if (!interrupted.signal.aborted) throw error;
    throw await tellInterrupted(process, name, command, again);
  });
  print(
    input.flag('json')
      ? JSON.stringify(statusJson(process.info, [status]), null, 2)
      : statusTable([status], screen),
  );
  const held = tellHeldCalls(status, again);
  if (held !== undefined) note(held);
  return EXIT.ok;
}

/** Looks what became of it: a drain that was left stays paused, and somebody has to end that. */
async function tellInterrupted(
  process: AttachedProcess,
  { domain, key }: KeyName,
  what: HoldCommand,
  again: string,
): Promise<Error> {
  let after: ComponentStatus | undefined;
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_AGAIN_MS) {
    await setTimeout(LOOK_AGAIN_MS);
    [after] = await process.statuses({ domain, key });
    if (after?.state !== 'draining') break;
  }
  return createError(CLI_ERRORS, 'ONEIRIC_CLI_HOLD_INTERRUPTED', {
    what,
    domain,
    key,
    isHeld: after?.state === 'paused' || after?.state === 'draining',
    inFlight: after?.inFlight ?? 0,
    again,
  });
}

function reasonOf(input: CommandInput): { readonly reason?: string } {
  const reason = input.text('reason');
  return reason === undefined ? {} : { reason };
}
