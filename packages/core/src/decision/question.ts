import type { Candidate } from './candidate.js';
import type { FilterCode } from './finding.js';
import type { Marks } from './mark.js';
import type { NormalRequest } from './request.js';
import type { Selection } from './selection.js';

/** Everything one key brings to a decision. Immutable: a change makes a new one. */
export interface KeyFacts {
  readonly domain: string;
  readonly key: string;
  /** In standing order, best first: `compareStanding` of rank.ts. */
  readonly candidates: readonly Candidate[];
  readonly selection: Selection | undefined;
  /** By the candidate's sequence number. */
  readonly marks: ReadonlyMap<number, Marks>;
}

/** The candidates of one key that do not stand, and the rule that each of them fell to. */
export type Fallen = ReadonlyMap<Candidate, FilterCode>;

/** The state that a decision is made in. */
export interface World {
  readonly revision: number;
  readonly platform: { readonly os: string; readonly node: string };
  /** The facts of another key; `requiredBy` are those of the key whose candidate requires it. */
  factsOf(domain: string, key: string, requiredBy?: KeyFacts): KeyFacts | undefined;
  /** What decisions of this world have settled, by the facts of each key, so that the next need not do it again. */
  readonly settled?: WeakMap<KeyFacts, Fallen>;
  /** The keys of a domain and the domains themselves, for the nearest name where nothing is registered. */
  domains(): Iterable<string>;
  keysOf(domain: string): Iterable<string>;
}

/** One question put to the decision. */
export interface Question {
  readonly facts: KeyFacts;
  readonly request: NormalRequest;
  readonly world: World;
}
