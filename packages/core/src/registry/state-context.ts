import type { Fallen, KeyFacts } from '../decision/question.js';
import type { KeyIndex } from './key-index.js';

/** The machine that a decision is made for. */
export interface Platform {
  readonly os: string;
  readonly node: string;
}

/** What every state of one registry shares. */
export interface StateContext {
  readonly index: KeyIndex;
  readonly platform: Platform;
  /** By slot: a slot is replaced whenever it or one that it requires changes, so what is settled of it stays true. */
  readonly settled: WeakMap<KeyFacts, Fallen>;
  /** What its messages say that they come from: the `CandidateRegistry`, if there is one. */
  registry?: object;
}
