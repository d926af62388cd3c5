import type { Contender } from './contender.js';
import type { Pace } from './pace.js';
import { consume } from './sink.js';

/** Nanoseconds of processor time per turn of each contender, a sample per round; samples of one index were taken one after the other. */
export type Samples<Name extends string = string> = Readonly<Record<Name, readonly number[]>>;

export interface MeasureOptions {
  /** Turns of one sample, for work that depends on their number. Default: as many as fill the pace's `sampleMs`. */
  readonly turns?: number;
  /** Default: the pace's. */
  readonly rounds?: number;
  /** Collect garbage before each sample: for work that leaves much behind. */
  readonly collect?: boolean;
}

const MOST_TURNS = 1 << 24;

/**
 * Measures contenders side by side: warms each up, then takes one sample of each per round, in an order that turns
 * round every time (A B C, C B A, …), so that a machine that slows down or speeds up hits all of them alike.
 *
 * An own harness, because the known ones (tinybench, mitata) finish one task before they begin the next; on a machine
 * with other work to do, what they would compare are two moments rather than two subjects.
 */
export async function measure<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  pace: Pace,
  options: MeasureOptions = {},
): Promise<Samples<Name>> {
  const entrants = (Object.entries(contenders) as [Name, Contender][]).map(([name, contender]) => ({
    name,
    contender,
    turns: options.turns ?? 1,
    samples: [] as number[],
  }));
  for (const entrant of entrants) {
    entrant.turns = await warmUp(entrant.contender, pace, options);
  }
  const rounds = options.rounds ?? pace.rounds;
  for (let round = 0; round < rounds; round++) {
    for (const { contender, turns, samples } of round % 2 === 0 ? entrants : [...entrants].reverse()) {
      samples.push((await sample(contender, turns, options)) / turns);
    }
  }
  return Object.fromEntries(entrants.map(({ name, samples }) => [name, samples])) as unknown as Samples<Name>;
}

/** Runs the contender until it is warm, and returns how many turns fill a sample. */
async function warmUp(contender: Contender, pace: Pace, options: MeasureOptions): Promise<number> {
  if (options.turns !== undefined) {
    for (let time = 0; time < pace.warmUps; time++) await sample(contender, options.turns, options);
    return options.turns;
  }
  let turns = 1;
  let spentMs = 0;
  for (;;) {
    const tookMs = (await sample(contender, turns, options)) / 1e6;
    spentMs += tookMs;
    const isLongEnough = tookMs >= pace.sampleMs || turns >= MOST_TURNS;
    if (isLongEnough && spentMs >= pace.warmUpMs) return turns;
    if (!isLongEnough) turns *= 2;
  }
}

/**
 * Nanoseconds that one `run(turns)` keeps the processor busy, compiler and collector threads included. Not the time on
 * the wall, which on a machine that has other work says more about that work. Resolution: one microsecond.
 */
async function sample(contender: Contender, turns: number, { collect }: MeasureOptions): Promise<number> {
  await contender.prepare?.(turns);
  if (collect === true) globalThis.gc?.();
  const start = process.cpuUsage();
  const result = contender.run(turns);
  if (result instanceof Promise) consume(await result);
  else consume(result);
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000;
}
