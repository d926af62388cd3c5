const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Aborted by Ctrl-C, and by who asks the process to end; asked once more it ends at once. */
export function stopSignal(): Disposable & { readonly signal: AbortSignal } {
  const stop = new AbortController();
  const end = (): void => {
    forget();
    stop.abort();
  };
  const forget = (): void => {
    for (const name of SIGNALS) process.off(name, end);
  };
  for (const name of SIGNALS) process.on(name, end);
  return { signal: stop.signal, [Symbol.dispose]: forget };
}
