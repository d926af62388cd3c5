import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import type { Component } from './component.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import { createLiveProxy } from './live-proxy.js';
import type { LiveTarget } from './live-target.js';

/** Makes the handle of a target. Its proxies are made when they are first asked for. */
export function createLiveHandle<T>(target: LiveTarget<T>): LiveHandle<T> {
  const made: { object?: object; function?: object } = {};
  let kind: keyof typeof made = 'object';

  return Object.freeze<LiveHandle<T>>({
    use(fn, options) {
      let signal: AbortSignal | undefined;
      try {
        assertFunction(fn);
        signal = signalOf(options);
        signal?.throwIfAborted();
      } catch (error) {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's own
        return Promise.reject(error);
      }
      const { serving } = target;
      if (serving === undefined) return useLater(target, fn, signal);
      serving.leases++;
      return useNow(serving, fn);
    },
    get proxy() {
      const present = target.serving ?? target.current;
      if (present !== undefined) kind = typeof present.instance === 'function' ? 'function' : 'object';
      return (made[kind] ??= createLiveProxy(target, kind === 'function')) as T;
    },
    peek: () => (target.serving ?? target.current)?.instance,
  });
}

async function useLater<T, R>(
  target: LiveTarget<T>,
  fn: (instance: T) => R | Promise<R>,
  signal: AbortSignal | undefined,
): Promise<R> {
  return useNow(await target.admit(signal), fn);
}

/** Calls `fn` with what is leased already, and ends the lease when that settles. */
async function useNow<T, R>(component: Component<T>, fn: (instance: T) => R | Promise<R>): Promise<R> {
  try {
    return await fn(component.instance);
  } finally {
    component.endLease();
  }
}

function assertFunction(fn: unknown): void {
  if (typeof fn !== 'function') throw invalid('fn', fn, 'a function');
}

function signalOf(options: unknown): AbortSignal | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== 'object' || options === null) throw invalid('options', options, 'an object');
  const { signal, ...others } = options as { readonly signal?: unknown };
  if (Object.keys(others).length > 0) throw invalid('options', options, 'nothing but signal');
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw invalid('signal', signal, 'an AbortSignal');
}

function invalid(option: string, value: unknown, expected: string): Error {
  const found = describeValue(value);
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_OPTION_INVALID', { option, found, expected });
}
