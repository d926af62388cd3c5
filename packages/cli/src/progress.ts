import type { Output } from './host.js';

/** Sooner than that nobody wonders. */
const DELAY_MS = 1000;
const ERASE_LINE = '\r\u001b[2K';

/** A line that can be changed while it is shown. */
interface Progress extends Disposable {
  /** Says something else from now on; the second goes on. */
  tell(text: string): void;
}

/**
 * Says on a terminal what takes so long, once it has taken a second, and takes that away when it is disposed. In a
 * file or a pipe it says nothing.
 */
export function showProgress(text: string, output: Output, isQuiet: boolean): Progress {
  if (isQuiet || !output.isTTY) return { tell: () => undefined, [Symbol.dispose]: () => undefined };
  let isShown = false;
  let told = text;
  const write = (): void => {
    output.write(`${isShown ? ERASE_LINE : ''}${fit(told, output.columns)} …`);
    isShown = true;
  };
  const timer = setTimeout(write, DELAY_MS);
  return {
    tell(next) {
      told = next;
      if (isShown) write();
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      if (isShown) output.write(ERASE_LINE);
      isShown = false;
    },
  };
}

/** What would take a second line could not be taken away again. */
function fit(text: string, columns = 80): string {
  const most = Math.max(columns - 3, 10);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
