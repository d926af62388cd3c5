import type { FindingCode, FindingDetails, FindingSeverity } from './doctor-finding.js';

/** Everything there is to say about one code. A code without words does not compile. */
export interface FindingWords<C extends FindingCode> {
  readonly severity: FindingSeverity;
  readonly title: string;
  /** What it means, for the reference page. */
  readonly meaning: string;
  /** What to do next. */
  readonly remedy: string;
  /** What was found, in a sentence; `key` is the key that it is about. */
  readonly tell: (details: FindingDetails[C], key: string) => string;
}
