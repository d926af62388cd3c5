import type { Candidate } from '../../src/decision/candidate.js';
import { createError, type OneiricError } from '../../src/errors/oneiric-error.js';
import { Component } from '../../src/lifecycle/component.js';
import { LIFECYCLE_ERRORS } from '../../src/lifecycle/lifecycle-errors.js';
import type { LiveTarget } from '../../src/lifecycle/live-target.js';

/** A key whose instance the test itself binds; calls that can wait do so until there is one. */
export class ATarget<T> implements LiveTarget<T> {
  readonly domain = 'adapter';
  readonly key = 'cache';
  current: Component<T> | undefined;
  isHeld = false;
  readonly #waiting: (() => void)[] = [];

  get serving(): Component<T> | undefined {
    return this.isHeld ? undefined : this.current;
  }

  bind(instance: T, provider = 'some'): Component<T> {
    this.current = new Component({ provider } as Candidate<T>, instance);
    for (const look of this.#waiting.splice(0)) look();
    return this.current;
  }

  async admit(signal: AbortSignal | undefined): Promise<Component<T>> {
    while (this.serving === undefined) {
      signal?.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal?.addEventListener('abort', () => resolve());
      });
    }
    this.serving.leases++;
    return this.serving;
  }

  refusal(): OneiricError {
    const { domain, key } = this;
    return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_NOT_ACTIVE', {
      domain,
      key,
      state: 'not started yet',
    });
  }
}
