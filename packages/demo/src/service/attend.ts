import type { Oneiric } from '@oneiric/core';

import { liveTools, startTools } from '../tools.js';
import { readBlocks } from './block.js';
import { CallBook } from './call-book.js';
import type { Figures } from './figures-line.js';
import { InstanceBook } from './instance-book.js';
import { isFine, type Sums } from './sums.js';
import { Workshop } from './workshop.js';

export interface AttendOptions {
  readonly name: string;
  /** The places, as `readBlocks` wants them. */
  readonly file: string;
  /** How many jobs are in flight at a time. */
  readonly jobs: number;
  /** Ends the work; what is in flight is finished. */
  readonly stop: AbortSignal;
  /** How long what is in flight may take then. Default: 3 seconds, then 5 more. */
  readonly patience?: Patience;
  /** Called when the first job begins. What it gives is ended after the last one, before the tools are closed. */
  readonly onOpen: (figures: () => Figures) => Promise<AsyncDisposable>;
}

/** Together less than what a container is given between being told to stop and being killed: 10 seconds. */
export interface Patience {
  /** After that, what waits for something paused is given up. */
  readonly waitMs: number;
  /** After so much more, what has not ended counts as lost. */
  readonly lostMs: number;
}

const PATIENCE: Patience = { waitMs: 3000, lostMs: 5000 };

/**
 * Works with what the lifecycle runs until it is stopped, closes everything, and says what was done.
 *
 * @throws a `ResolutionError` where nothing wins a key; what `startTools`, `readBlocks` and `onOpen` throw
 */
export async function attend(oneiric: Oneiric, options: AttendOptions): Promise<Sums> {
  const { name, file, jobs, stop, patience = PATIENCE, onOpen } = options;
  const { lifecycle } = oneiric;
  const tools = liveTools(oneiric);
  using instances = new InstanceBook(lifecycle, tools);
  await startTools(oneiric);
  const giveUp = new AbortController();
  const calls = new CallBook(instances, giveUp.signal);
  const blocks = await readBlocks(tools, file);
  const workshop = new Workshop(calls.watch(tools), blocks, stop, giveUp.signal);
  let swaps = 0;
  using _swaps = lifecycle.on('swapped', ({ outcome }) => {
    if (outcome === 'swapped') swaps++;
  });

  const since = performance.now();
  {
    await using _open = await onOpen(() => ({
      done: workshop.done,
      inFlight: workshop.inFlight,
      failed: workshop.failed + workshop.wrong,
      swaps,
    }));
    await endOf(workshop.run(jobs), stop, giveUp, patience);
  }
  const seconds = (performance.now() - since) / 1000;
  const lost = calls.unanswered;
  const unclosed = await oneiric.close().then(() => [], problemsOf);

  const sums: Omit<Sums, 'isFine'> = {
    name,
    pid: process.pid,
    seconds: Math.round(seconds * 1000) / 1000,
    jobs: { done: workshop.done, wrong: workshop.wrong, failed: workshop.failed },
    calls: {
      begun: calls.calls,
      answered: calls.answered,
      refused: calls.refused,
      withdrawn: calls.withdrawn,
      lost,
      onClosed: calls.onClosed,
    },
    forgotten: workshop.forgotten,
    swaps,
    instances: { started: instances.started, closedOnce: instances.closedOnce },
    problems: [...workshop.failures, ...unclosed].map((error) =>
      error instanceof Error ? error.message : String(error),
    ),
  };
  return { ...sums, isFine: isFine(sums) };
}

/** `close` collects all that could not be closed. */
function problemsOf(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors : [error];
}

/** Waits for the end of the work; once it is to stop, no longer than there is patience. */
async function endOf(
  work: Promise<void>,
  stop: AbortSignal,
  giveUp: AbortController,
  { waitMs, lostMs }: Patience,
): Promise<void> {
  const timers: NodeJS.Timeout[] = [];
  const outOfPatience = new Promise<void>((resolve) => {
    const wait = (): void => {
      timers.push(
        setTimeout(() => {
          giveUp.abort(new Error('The service was stopped.'));
        }, waitMs),
        setTimeout(resolve, waitMs + lostMs),
      );
    };
    if (stop.aborted) wait();
    else stop.addEventListener('abort', wait, { once: true });
  });
  try {
    await Promise.race([work, outOfPatience]);
  } finally {
    timers.forEach(clearTimeout);
  }
}
