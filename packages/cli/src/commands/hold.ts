import type { ComponentStatus } from '@oneiric/core';
import type { AttachedProcess } from '@oneiric/core/attach';

import type { CommandContext, CommandInput, RunCommand } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { isAttached, needsProcess } from '../needs-process.js';
import { showProgress } from '../progress.js';
import { readComponent } from '../read-component.js';
import type { KeyName } from '../read-key-name.js';
import { statusJson } from '../renderers/status-json.js';
import { statusTable } from '../renderers/status-table.js';

/** `oneiric pause`: new calls are held, those in flight go on. */
export const pause: RunCommand = (input, context) =>
  hold('pause', input, context, (process, { domain, key }) => process.pause(domain, key, reasonOf(input)));

/** `oneiric drain`: new calls are held, and those in flight waited for. */
export const drain: RunCommand = (input, context) =>
  hold('drain', input, context, (process, { domain, key }) => process.drain(domain, key, reasonOf(input)));

/** `oneiric resume`: calls go through again. */
export const resume: RunCommand = (input, context) =>
  hold('resume', input, context, (process, { domain, key }) => process.resume(domain, key));

async function hold(
  command: 'pause' | 'drain' | 'resume',
  input: CommandInput,
  { host, isQuiet, attach, screen, print, note }: CommandContext,
  work: (process: AttachedProcess, name: KeyName) => Promise<ComponentStatus>,
): Promise<ExitCode> {
  if (!isAttached(input)) throw needsProcess(command);
  const process = await attach();
  const name = await readComponent(input, command, process);
  let status: ComponentStatus;
  {
    using _progress = showProgress('Waiting for the calls in flight to end', host.stderr, isQuiet);
    status = await work(process, name);
  }
  print(
    input.flag('json')
      ? JSON.stringify(statusJson(process.info, [status]), null, 2)
      : statusTable([status], screen),
  );
  if (command !== 'resume') {
    const again = `oneiric resume ${name.domain}/${name.key} --attach ${input.text('attach') ?? ''}`;
    note(`new calls wait until it is resumed: ${again.trimEnd()}`);
  }
  return EXIT.ok;
}

function reasonOf(input: CommandInput): { readonly reason?: string } {
  const reason = input.text('reason');
  return reason === undefined ? {} : { reason };
}
