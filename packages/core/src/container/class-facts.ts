import type { Key } from '../foundation/key.js';
import type { ProvidesOffer } from './provides-offer.js';

/** Any class. */
export type AnyClass = abstract new (...args: never[]) => unknown;

/** What one parameter of a constructor is given: what `get` gives for the key, or its live handle. */
export interface InjectionPoint {
  readonly key: Key;
  readonly kind: 'candidate' | 'live';
}

/** What is known of a class, from decorators or from the same functions called without decorating. */
export interface ClassFacts {
  /** By parameter of the constructor. */
  readonly parameters: Map<number, InjectionPoint>;
  /** By property that is set after construction; only Inversify sets them. */
  readonly properties: Map<string | symbol, InjectionPoint>;
  /** The parameters as a list, where the class or its offer has one; then Inversify is not needed to construct it. */
  list?: readonly InjectionPoint[];
  offer?: ProvidesOffer<unknown>;
}

const FACTS = Symbol.for('oneiric.class-facts.v1');
type Store = WeakMap<AnyClass, ClassFacts>;

/** One store for all copies of the package in this process. */
function store(): Store {
  const shared = globalThis as unknown as Record<symbol, Store | undefined>;
  return (shared[FACTS] ??= new WeakMap());
}

/** What is noted of this very class; made where there is nothing yet. */
export function ownFactsOf(type: AnyClass): ClassFacts {
  const known = store().get(type);
  if (known !== undefined) return known;
  const facts: ClassFacts = { parameters: new Map(), properties: new Map() };
  store().set(type, facts);
  return facts;
}

/** The bases of a class, nearest first. */
export function* basesOf(type: AnyClass): Generator<AnyClass> {
  for (
    let base: unknown = Object.getPrototypeOf(type);
    typeof base === 'function';
    base = Object.getPrototypeOf(base)
  ) {
    yield base as AnyClass;
  }
}
