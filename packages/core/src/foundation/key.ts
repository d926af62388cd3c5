/**
 * A typed name of what an application needs: a domain, a key and, at compile time, the type of its instances.
 *
 * Equal names give the identical object in every copy of the package in this process, and a key is the fast
 * path of `resolve`. Made by `defineKey`.
 */
export interface Key<T = unknown> {
  readonly domain: string;
  readonly key: string;
  /** A dense number per name; it makes the look-up of a key an array access. */
  readonly id: number;
  /** Carries the type only; absent at run time. */
  readonly __type?: T;
}

/** Does `value` have the shape of a `Key`? */
export function isKey(value: unknown): value is Key {
  if (typeof value !== 'object' || value === null) return false;
  const { domain, key, id } = value as Partial<Key>;
  return typeof domain === 'string' && typeof key === 'string' && Number.isSafeInteger(id);
}
