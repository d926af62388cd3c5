import type { Samples } from './measure.js';
import type { Pace } from './pace.js';
import { runChild } from './run-child.js';

/**
 * Measures contenders each in fresh processes of its own, in turn: for what changes the whole process, such as the
 * first active `AsyncLocalStorage`. A sample is the median of one process.
 */
export async function measureApart<Name extends string>(
  group: string,
  names: readonly Name[],
  pace: Pace,
): Promise<Samples<Name>> {
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < pace.processes; round++) {
    for (const contender of round % 2 === 0 ? names : [...names].reverse()) {
      const answer = await runChild({ group, contender, quick: pace.quick });
      if (answer.kind === 'sample') samples[contender].push(answer.nsPerTurn);
    }
  }
  return samples;
}
