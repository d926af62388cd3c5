import { OneiricError } from '../errors/oneiric-error.js';
import type { Giver } from './giver.js';
import type { KeySource } from './key-bindings.js';
import { lazyPromise } from './lazy-promise.js';

/**
 * What an Inversify container is given: what `get` gives, and where that takes an await, a promise, which `getAsync`
 * waits for. A container cannot be told which of the two it was asked by, so a `get` too early ends with Inversify's own
 * error about an asynchronous service.
 */
export function containerSource(giver: Giver): KeySource {
  return {
    give(key) {
      const entry = giver.core.entryOf(key);
      try {
        return giver.give(entry);
      } catch (error) {
        if (!isTooEarly(error)) throw error;
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
