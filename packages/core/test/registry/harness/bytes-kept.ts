import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { quiet } from '../../concurrency/harness/turns.js';

setFlagsFromString('--expose-gc');

/** Frees everything that nothing refers to any more. */
export const collectGarbage = runInNewContext('gc') as () => void;

const WINDOWS = 4;

/**
 * How many bytes of the heap each round leaves behind: the least of several windows of `times` rounds, because what
 * leaks does so in every one, and what the engine keeps for itself (code, feedback) does not.
 */
export async function bytesKept(
  times: number,
  round: (index: number) => Promise<unknown> | void,
): Promise<number> {
  let index = 0;
  const heapAfterWindow = async (): Promise<number> => {
    for (let count = 0; count < times; count++) await round(index++);
    await quiet(1);
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  let least = Infinity;
  let before = await heapAfterWindow();
  for (let window = 0; window < WINDOWS; window++) {
    const after = await heapAfterWindow();
    least = Math.min(least, (after - before) / times);
    before = after;
  }
  return least;
}
