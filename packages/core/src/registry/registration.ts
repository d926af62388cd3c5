import type { Candidate } from '../decision/candidate.js';

/** The receipt of one registration. */
export interface Registration<T = unknown, S = unknown> extends AsyncDisposable {
  readonly candidate: Candidate<T, S>;
  /** What the same source had registered before in this place, if anything. */
  readonly replaced: Candidate | undefined;
  /**
   * Takes the candidate out again. True where it did; false where it was gone already, or had been replaced: then
   * nothing changes. `await using` calls it. It may be taken out of the receipt.
   */
  readonly unregister: () => Promise<boolean>;
}

/** What one `replaceSource` did, each list in the order of the inputs; `retired` by registration. */
export interface SourceChange {
  readonly added: readonly Candidate[];
  readonly replaced: readonly Candidate[];
  readonly unchanged: readonly Candidate[];
  /** What the source had and no longer offers. */
  readonly retired: readonly Candidate[];
}
