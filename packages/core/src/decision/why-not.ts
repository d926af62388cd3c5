import { nearestName } from '../foundation/nearest-name.js';
import type { CandidateReport } from './candidate-report.js';
import type { Explanation } from './explanation.js';

/** What an explanation says about one provider. */
export interface WhyNot {
  readonly provider: string;
  /** Its candidates as they stand in the explanation; empty where nobody offers it. */
  readonly candidates: readonly CandidateReport[];
  /** Where nobody offers it: the offered provider with the nearest name. */
  readonly nearest: string | null;
}

/** Picks one provider out of an explanation: why it did not win, or that it did. */
export function whyNot(explanation: Explanation, provider: string): WhyNot {
  const candidates = explanation.candidates.filter((report) => report.provider === provider);
  const names = explanation.candidates.map((report) => report.provider);
  return {
    provider,
    candidates,
    nearest: candidates.length > 0 ? null : (nearestName(provider, names) ?? null),
  };
}
