/** Where every copy of the API keeps what an SDK registers: that is how copies of it find each other. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

/**
 * As `useOpenTelemetry`, where an SDK has registered a provider before and its API can be imported from here; undefined
 * where not. Without an SDK nothing is imported.
 */
export async function usePresentSdk(): Promise<Disposable | undefined> {
  const registered = (globalThis as { [REGISTERED]?: { trace?: unknown; metrics?: unknown } })[REGISTERED];
  if (registered?.trace === undefined && registered?.metrics === undefined) return undefined;
  const own = await import('./use-opentelemetry.js').catch(() => undefined);
  return own?.installOpenTelemetry({}, true);
}
