/** The longest time that a timer can hold, in milliseconds. */
export const LONGEST_MS = 2 ** 31 - 1;

/** Where all time in the package comes from, so that a test can hold it still. */
export interface Clock {
  /** Monotonic milliseconds, with fractions; only differences mean something. */
  now(): number;
  /** Milliseconds since 1970, for what people read; nothing is decided by it. Default: the machine's. */
  wallTime?(): number;
  /**
   * Runs `fn` once after `ms` milliseconds (0…2^31−1) unless disposed first. It does not keep the process alive,
   * unless `keepsAlive` says so: for a promise that nothing but this timer would settle.
   */
  after(ms: number, fn: () => void, options?: { readonly keepsAlive?: boolean }): Disposable;
}

/** The machine's own clock. */
export const systemClock: Required<Clock> = {
  now: () => performance.now(),
  wallTime: () => performance.timeOrigin + performance.now(),
  after(ms, fn, options) {
    const timer = setTimeout(fn, ms);
    if (options?.keepsAlive !== true) timer.unref();
    return {
      [Symbol.dispose]() {
        clearTimeout(timer);
      },
    };
  },
};
