/**
 * The first of `names` that an instance has as a method; undefined where it has none of them. A getter that throws
 * counts as none.
 */
export function findMethod(instance: unknown, names: readonly (string | symbol)[]): FoundMethod | undefined {
  if ((typeof instance !== 'object' && typeof instance !== 'function') || instance === null) return undefined;
  const holder = instance as Record<string | symbol, unknown>;
  for (const name of names) {
    let method: unknown;
    try {
      method = holder[name];
    } catch {
      continue;
    }
    if (typeof method !== 'function') continue;
    const found = method as (this: unknown) => unknown;
    return { name: String(name), call: () => found.call(instance) };
  }
  return undefined;
}

/** A method, bound to its instance. */
export interface FoundMethod {
  readonly name: string;
  readonly call: () => unknown;
}
