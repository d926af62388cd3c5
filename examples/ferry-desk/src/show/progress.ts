import type { Load } from '../load/load.js';

/** One line on the terminal that grows while the load runs; nothing where nobody looks on. */
export function showProgress(load: Load): Disposable & { clear(): void } {
  const { stderr } = process;
  const clear = (): void => {
    if (stderr.isTTY) stderr.write('\r\u001b[K');
  };
  const draw = (): void => {
    stderr.write(`\r${load.done} of ${load.total} requests answered`);
  };
  const timer = stderr.isTTY ? setInterval(draw, 100) : undefined;
  return {
    clear,
    [Symbol.dispose]() {
      clearInterval(timer);
      clear();
    },
  };
}
