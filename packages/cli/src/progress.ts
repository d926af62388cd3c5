import type { Output } from './host.js';

/** Sooner than that nobody wonders. */
const DELAY_MS = 1000;
const ERASE_LINE = '\r\u001b[2K';

/**
 * Says on a terminal what takes so long, once it has taken a second, and takes that away when it is disposed. In a
 * file or a pipe it says nothing.
 */
export function showProgress(text: string, output: Output, isQuiet: boolean): Disposable {
  if (isQuiet || !output.isTTY) return { [Symbol.dispose]: () => undefined };
  let isShown = false;
  const timer = setTimeout(() => {
    isShown = true;
    output.write(`${text} …`);
  }, DELAY_MS);
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      if (isShown) output.write(ERASE_LINE);
    },
  };
}
