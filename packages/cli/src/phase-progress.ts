import { printable, tellDuration } from '@oneiric/core';
import type { AttachEvent } from '@oneiric/core/attach';

import type { Output } from './host.js';

const ERASE_LINE = '\r\u001b[2K';

/**
 * Shows on a terminal what a swap waits for, and then its phases, a line for each: first that it is under way, then how
 * long it took. In a file or a pipe it shows nothing.
 */
export class PhaseProgress implements Disposable {
  readonly #output: Output;
  readonly #isShown: boolean;
  #isUnderWay = false;

  constructor(output: Output, isQuiet: boolean) {
    this.#output = output;
    this.#isShown = output.isTTY && !isQuiet;
  }

  show(event: AttachEvent): void {
    if (!this.#isShown) return;
    if (event.event === 'waiting') this.#write(`waiting for: ${tellOperation(event)} …`, true);
    if (event.event === 'begun') this.#erase();
    if (event.event !== 'phase') return;
    const { phase, provider, state, durationMs } = event;
    const took = tellDuration(durationMs ?? 0);
    const words = { began: '…', ended: took, failed: `failed after ${took}` }[state];
    this.#write(`${phase} ${provider} ${words}`, state === 'began');
  }

  #write(words: string, isUnderWay: boolean): void {
    this.#erase();
    const line = printable(words).slice(0, (this.#output.columns ?? 80) - 1);
    this.#isUnderWay = isUnderWay;
    this.#output.write(isUnderWay ? line : `${line}\n`);
  }

  [Symbol.dispose](): void {
    this.#erase();
  }

  #erase(): void {
    if (this.#isUnderWay) this.#output.write(ERASE_LINE);
    this.#isUnderWay = false;
  }
}

type Waiting = Extract<AttachEvent, { readonly event: 'waiting' }>;

/** What is being done to a key: `swap (build of slow)`. */
export function tellOperation({ operation, phase, provider }: Omit<Waiting, 'at' | 'event'>): string {
  const at = phase === null ? '' : ` (${phase}${provider === null ? '' : ` of ${provider}`})`;
  return operation + at;
}
