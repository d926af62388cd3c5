import type { Progress } from './stopwatch.js';

const QUIET_MS = 1000;
const CLEAR_LINE = '\r\u001b[K';

interface ProgressStream {
  readonly isTTY: boolean;
  write(text: string): unknown;
}

/**
 * Says how far a phase is once it has lasted for a second: on a terminal in one line that goes when the phase ends,
 * elsewhere a line per second.
 */
export function createProgress(
  stream: ProgressStream,
  clock: () => number = () => performance.now(),
): Progress {
  let current = '';
  let saidAt = 0;
  let isShown = false;
  return (phase, done, total) => {
    const now = clock();
    if (phase !== current) {
      current = phase;
      saidAt = now;
    }
    if (done === total && isShown) {
      stream.write(CLEAR_LINE);
      isShown = false;
      return;
    }
    const pauseMs = isShown ? 100 : QUIET_MS;
    if (now - saidAt < pauseMs || done === total) return;
    saidAt = now;
    const text = `  ${phase} ${Math.floor((done / total) * 100)} %`;
    isShown = stream.isTTY;
    stream.write(isShown ? `${CLEAR_LINE}${text}` : `${text}\n`);
  };
}
