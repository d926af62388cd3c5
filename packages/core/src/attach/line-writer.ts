import type { ServerResponse } from 'node:http';

import { createError } from '../errors/oneiric-error.js';
import { systemClock } from '../foundation/clock.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import { wireError, type WireError } from './wire-error.js';

/** What may wait for a reader. */
const MAX_WAITING_BYTES = 262_144;
/** How long a reader that was cut off may take to read what waited for it. */
const GRACE_MS = 10_000;

/** A line of a stream: an event, or what it ends with. */
type StreamLine = { readonly event: object } | { readonly result: unknown } | { readonly error: WireError };

/**
 * Writes a stream of JSON, a line for each object. What waits for a reader that does not drain is bounded: of a progress
 * events are left out then; else the reader is cut off, and the last line says so.
 */
export class LineWriter {
  readonly #response: ServerResponse;
  readonly #onCut: ((reason: unknown) => void) | undefined;
  #isOver = false;

  /** Sends the head at once. `onCut` is called when the reader was cut off; without it he is not. */
  constructor(response: ServerResponse, onCut?: (reason: unknown) => void) {
    this.#response = response;
    this.#onCut = onCut;
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    response.flushHeaders();
  }

  event(event: object): void {
    if (this.#isOver) return;
    if (this.#response.writableLength <= MAX_WAITING_BYTES) {
      this.#response.write(lineOf({ event }));
      return;
    }
    if (this.#onCut === undefined) return;
    const error = createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_READER_TOO_SLOW', {
      limitBytes: MAX_WAITING_BYTES,
    });
    this.end({ error: wireError(error, 'events') });
    const response = this.#response;
    const grace = systemClock.after(GRACE_MS, () => response.destroy());
    response.once('close', () => {
      grace[Symbol.dispose]();
    });
    this.#onCut(error);
  }

  /** The last line. Does nothing after another one. */
  end(line: StreamLine): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#response.end(lineOf(line));
  }
}

function lineOf(line: StreamLine): string {
  return `${JSON.stringify(line)}\n`;
}
