import type { CandidateInput } from '../decision/candidate.js';
import type { Key } from '../foundation/key.js';

/** A parameter of a constructor in a list: a key, `domain/key`, or the live handle of either. */
export type ListedInjection = Key | string | { readonly live: Key | string };

/** What a class offers: a candidate's input without its factory, which is the class. */
export interface ProvidesOffer<T> extends Omit<CandidateInput<T>, 'factory' | 'inject'> {
  /** The constructor's parameters in order, in place of `@InjectCandidate` and `@InjectLive`. */
  readonly inject?: readonly ListedInjection[];
  /** There when a key was spread into the offer; absent at run time. */
  readonly __type?: T;
}
