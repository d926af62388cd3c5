import { printable, tellDuration } from '@oneiric/core';
import type { AttachEvent } from '@oneiric/core/attach';

import type { Output } from './host.js';

const ERASE_LINE = '\r\u001b[2K';

/**
 * Shows the phases of a swap on a terminal, a line for each: first that it is under way, then how long it took. In a file
 * or a pipe it shows nothing.
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
    if (!this.#isShown || event.event !== 'phase') return;
    const { phase, provider, state, durationMs } = event;
    const took = tellDuration(durationMs ?? 0);
    const words = { began: '…', ended: took, failed: `failed after ${took}` }[state];
    this.#erase();
    const line = printable(`${phase} ${provider} ${words}`).slice(0, (this.#output.columns ?? 80) - 1);
    this.#isUnderWay = state === 'began';
    this.#output.write(this.#isUnderWay ? line : `${line}\n`);
  }

  [Symbol.dispose](): void {
    this.#erase();
  }

  #erase(): void {
    if (this.#isUnderWay) this.#output.write(ERASE_LINE);
    this.#isUnderWay = false;
  }
}
