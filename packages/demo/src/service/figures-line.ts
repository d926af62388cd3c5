import { widthOf } from '../screen.js';
import { count } from '../units.js';

/** How a service is getting on. */
export interface Figures {
  readonly done: number;
  readonly inFlight: number;
  /** Jobs that failed or were wrong. */
  readonly failed: number;
  readonly swaps: number;
}

interface FiguresStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const CLEAR_LINE = '\r\u001b[K';
const ON_TERMINAL_MS = 250;
const ELSEWHERE_MS = 5000;

/**
 * Shows how a service is getting on until it is disposed: on a terminal in one line that changes and goes at the end,
 * elsewhere a line every five seconds.
 */
export function showFigures(stream: FiguresStream, read: () => Figures): Disposable {
  const isTerminal = stream.isTTY === true;
  const show = (): void => {
    // The last column stays free: some terminals begin a new line there.
    const line = figuresLine(read(), isTerminal ? (stream.columns ?? 80) - 1 : Infinity);
    stream.write(isTerminal ? `${CLEAR_LINE}${line}` : `${line}\n`);
  };
  const timer = setInterval(show, isTerminal ? ON_TERMINAL_MS : ELSEWHERE_MS);
  return {
    [Symbol.dispose]() {
      clearInterval(timer);
      if (isTerminal) stream.write(CLEAR_LINE);
    },
  };
}

/** As much as fits, the most important first. */
export function figuresLine({ done, inFlight, failed, swaps }: Figures, width: number): string {
  const parts = [
    `${count(done)} jobs`,
    `${count(failed)} failed`,
    `${count(swaps)} ${swaps === 1 ? 'swap' : 'swaps'}`,
    `${count(inFlight)} in flight`,
  ];
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? `  ${part}` : `${line} · ${part}`;
    if (widthOf(longer) > width) break;
    line = longer;
  }
  return line;
}
