import type { CandidateInput, FactoryContext } from '../decision/candidate.js';
import type { Key } from '../foundation/key.js';
import type { LiveHandle } from '../foundation/live-handle.js';

/** The keys that a factory is given, by name. */
export type InjectMap = Readonly<Record<string, Key | string>>;

/** The live handles of them, each with the type of its key. */
export type InjectedHandles<I extends InjectMap> = {
  readonly [N in keyof I]: LiveHandle<I[N] extends Key<infer T> ? T : unknown>;
};

/**
 * A candidate whose factory knows the types of what it is given: `{ ...ORDERS, inject: { db: DB }, factory }`. It is a
 * candidate like any other; only its types are more exact.
 */
export interface FunctionProvider<T, S, I extends InjectMap> extends Omit<
  CandidateInput<T, S>,
  'factory' | 'inject'
> {
  readonly inject?: I;
  factory(
    context: Omit<FactoryContext<S>, 'inject'> & { readonly inject: InjectedHandles<I> },
  ): T | Promise<T>;
  /** There when a key was spread into it; absent at run time. */
  readonly __type?: T;
}
