/**
 * A promise of work that begins when somebody first waits for it. The `get` of a child container looks at a promise and
 * refuses it, `getAsync` waits for it; so a refused `get` starts nothing.
 */
export function lazyPromise<T>(start: () => Promise<T>): Promise<T> {
  let started: Promise<T> | undefined;
  const lazy: PromiseLike<T> = {
    then(onFulfilled, onRejected) {
      const next = (started ??= start()).then(onFulfilled, onRejected);
      // A `get` of something that is given this waits, too, and then throws the promise away.
      next.catch(() => undefined);
      return next;
    },
  };
  return lazy as Promise<T>;
}
