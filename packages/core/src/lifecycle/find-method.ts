/**
 * The first of `names` that an instance has as a method; undefined where it has none of them. Looks at nothing that is
 * not there: some objects throw when they are asked for what they do not have.
 *
 * @throws what a getter of one of the names throws
 */
export function findMethod(instance: unknown, names: readonly (string | symbol)[]): FoundMethod | undefined {
  if ((typeof instance !== 'object' && typeof instance !== 'function') || instance === null) return undefined;
  const holder = instance as Record<string | symbol, unknown>;
  for (const name of names) {
    if (!(name in holder)) continue;
    const method = holder[name];
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
