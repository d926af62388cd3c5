/**
 * A typed name of what the application needs: a domain, a key, and at compile time the type of its instances.
 * Equal names give the identical object, so a key is also the fast path of `resolve`.
 */
export interface Key<T = unknown> {
  readonly domain: string;
  readonly key: string;
  /** A dense number, the same in every copy of the package in this process; internal to the fast path. */
  readonly id: number;
  /** Carries the type; absent at run time. */
  readonly __type?: T;
}
