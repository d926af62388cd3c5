import { setTimeout } from 'node:timers/promises';

import { type ComponentStatus, createError, type ProviderName, renderSwapReport } from '@oneiric/core';
import {
  type AttachedProcess,
  type AttachedSwapReport,
  type AttachEvent,
  failureOf,
} from '@oneiric/core/attach';
import stringWidth from 'string-width';

import { CLI_ERRORS } from './cli-errors.js';
import type { CommandContext, CommandInput } from './command.js';
import { commandThere } from './command-there.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { tellStillPaused } from './held-calls.js';
import { PhaseProgress, tellOperation } from './phase-progress.js';
import type { KeyName } from './read-key-name.js';
import { swapJson } from './renderers/swap-json.js';

/** So long is looked after a swap that was interrupted, until it is clear what became of it. */
const PATIENCE_MS = 3000;
const LOOK_AGAIN_MS = 50;

export interface SwapThere extends KeyName {
  readonly what: 'swap' | 'roll-back';
  readonly input: CommandInput;
  readonly isJson: boolean;
}

type Told<E extends AttachEvent['event']> = Extract<AttachEvent, { readonly event: E }>;

type Swap = (
  process: AttachedProcess,
  options: { readonly onEvent: (event: AttachEvent) => void; readonly signal: AbortSignal },
) => Promise<AttachedSwapReport>;

/**
 * Swaps in a running process: shows each phase while it goes, then what was done. Ctrl+C takes it back where the new
 * instance is not bound yet, and says what became of it.
 */
export async function swapThere(
  process: AttachedProcess,
  asked: SwapThere,
  swap: Swap,
  { host, isQuiet, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  const { domain, key } = asked;
  let waiting: Told<'waiting'> | undefined;
  let begun: Told<'begun'> | undefined;
  const interrupted = new AbortController();
  using _interrupt = host.onInterrupt?.(() => {
    interrupted.abort();
  });
  const report = await (async () => {
    using progress = new PhaseProgress(host.stderr, isQuiet);
    const onEvent = (event: AttachEvent): void => {
      if (event.event === 'waiting') waiting = event;
      if (event.event === 'begun') begun = event;
      progress.show(event);
    };
    return await swap(process, { onEvent, signal: interrupted.signal });
  })().catch(async (error: unknown) => {
    if (!interrupted.signal.aborted) throw error;
    throw begun === undefined ? neverBegun(asked, waiting) : await tellInterrupted(process, asked, begun);
  });
  const layout = { width: screen.width, palette: screen, measure: stringWidth };
  print(
    asked.isJson
      ? JSON.stringify(swapJson(process.info, report), null, 2)
      : renderSwapReport({ ...report, problems: report.problems.map(failureOf) }, layout),
  );
  // It was done, whatever becomes of this look.
  const [after] = await process.statuses({ domain, key }).catch(() => []);
  const held = after && tellStillPaused(after, commandThere('resume', asked, asked.input));
  if (held !== undefined) note(held);
  return EXIT.ok;
}

/** Its turn had not come: nothing of it was done, and what it waited for is none of it. */
function neverBegun({ domain, key, what }: SwapThere, waiting: Told<'waiting'> | undefined): Error {
  const behind = waiting === undefined ? null : tellOperation(waiting);
  return createError(CLI_ERRORS, 'ONEIRIC_CLI_NOT_BEGUN', { what, domain, key, behind });
}

/** Looks what became of it: the process knows, and not who asked for it. */
async function tellInterrupted(
  process: AttachedProcess,
  asked: SwapThere,
  before: Told<'begun'>,
): Promise<Error> {
  const { domain, key, what, input } = asked;
  let after: ComponentStatus | undefined;
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_AGAIN_MS) {
    await setTimeout(LOOK_AGAIN_MS);
    [after] = await process.statuses({ domain, key });
    if (after === undefined || after.operation === null || isBound(before, after)) break;
  }
  return createError(CLI_ERRORS, 'ONEIRIC_CLI_INTERRUPTED', {
    what,
    domain,
    key,
    isBound: isBound(before, after),
    isOver: (after?.operation ?? null) === null,
    running: nameOf(after?.running ?? null),
    retiring: (after?.retiring ?? []).map(nameOf),
    look: commandThere('status', asked, input),
  });
}

/** Does another instance run than before? */
function isBound(before: Told<'begun'>, after: ComponentStatus | undefined): boolean {
  return nameOf(before.running) !== nameOf(after?.running ?? null) || before.swaps !== (after?.swaps ?? 0);
}

function nameOf(name: ProviderName | null): string {
  if (name === null) return 'nothing';
  return name.version === null ? name.provider : `${name.provider} ${name.version}`;
}
