import { unwatchAbort, watchAbort } from '../concurrency/abort-watch.js';

/**
 * A signal that is aborted with the reason of the first of several that is. Dispose it: unlike `AbortSignal.any` it
 * then leaves nothing with signals that live longer.
 */
export class LinkedSignal implements Disposable {
  readonly #controller = new AbortController();
  readonly #sources: readonly AbortSignal[];

  constructor(...sources: readonly (AbortSignal | undefined)[]) {
    this.#sources = sources.filter((source) => source !== undefined);
    for (const source of this.#sources) {
      if (source.aborted) this.abort(source.reason);
      else watchAbort(source, this);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @internal Called when one of the sources is aborted. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  [Symbol.dispose](): void {
    for (const source of this.#sources) unwatchAbort(source, this);
  }
}
