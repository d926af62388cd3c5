import { OneiricError } from '../errors/oneiric-error.js';
import type { Giver } from './giver.js';
import type { KeySource } from './key-bindings.js';
import { lazyPromise } from './lazy-promise.js';
import { isInsideGet } from './watch-container.js';

/**
 * What an Inversify container is given: what `get` gives, and where that takes an await, the error that says so, or for
 * `getAsync` a promise. A child container does not tell which of the two it was asked by and is given the promise: its
 * `get` too early ends with Inversify's own error about an asynchronous service.
 */
export function containerSource(giver: Giver): KeySource {
  return {
    give(key) {
      const entry = giver.core.entryOf(key);
      try {
        return giver.give(entry);
      } catch (error) {
        if (isInsideGet() || !isTooEarly(error)) throw error;
        return lazyPromise(() => giver.giveAsync(entry, undefined));
      }
    },
    live: (key) => giver.core.entryOf(key).handle,
  };
}

function isTooEarly(error: unknown): boolean {
  return (
    OneiricError.is(error, 'ONEIRIC_CONTAINER_NOT_ACTIVE') ||
    OneiricError.is(error, 'ONEIRIC_CONTAINER_ASYNC')
  );
}
