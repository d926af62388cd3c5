/** Where all time in the package comes from, so that a test can hold it still. */
export interface Clock {
  /** Monotonic milliseconds, with fractions; only differences mean something. */
  now(): number;
  /** Runs `fn` once after `ms` milliseconds (0…2^31−1) unless disposed first; does not keep the process alive. */
  after(ms: number, fn: () => void): Disposable;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    timer.unref();
    return {
      [Symbol.dispose]() {
        clearTimeout(timer);
      },
    };
  },
};
