/** Something that ends when a signal is aborted. Must not throw. */
export interface Abortable {
  abort(reason: unknown): void;
}

const watched = new WeakMap<
  AbortSignal,
  { readonly waiting: Set<Abortable>; readonly listener: () => void }
>();

/**
 * Calls `entry.abort(signal.reason)` when `signal` is aborted, in the order in which entries were added. One listener
 * per signal, however many wait on it: listeners of an `AbortSignal` cost time in proportion to their number, and Node
 * warns about more than ten.
 */
export function watchAbort(signal: AbortSignal, entry: Abortable): void {
  const known = watched.get(signal);
  if (known !== undefined) {
    known.waiting.add(entry);
    return;
  }
  const waiting = new Set([entry]);
  const listener = (): void => {
    watched.delete(signal);
    for (const one of waiting) one.abort(signal.reason);
  };
  watched.set(signal, { waiting, listener });
  signal.addEventListener('abort', listener, { once: true });
}

/** Undoes {@link watchAbort}. */
export function unwatchAbort(signal: AbortSignal, entry: Abortable): void {
  const known = watched.get(signal);
  if (known === undefined) return;
  known.waiting.delete(entry);
  if (known.waiting.size > 0) return;
  watched.delete(signal);
  signal.removeEventListener('abort', known.listener);
}
