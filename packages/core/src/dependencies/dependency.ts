import type { FilteredReport } from '../decision/candidate-report.js';
import type { Explanation } from '../decision/explanation.js';
import { injectedNeeds } from './injected-needs.js';

/** `inject`: a factory is given it. `requires`: it has to be offered, whoever offers it. */
export type DependencyKind = 'inject' | 'requires';

/**
 * `met`: something wins there. `unresolved`: candidates are offered there and none wins. `unregistered`: nothing is
 * offered there. `unmet`: a requirement that nobody who is offered there meets.
 */
export type DependencyState = 'met' | 'unresolved' | 'unregistered' | 'unmet';

/** One need of a candidate. Keys are written in full, `domain/key`. */
export interface Dependency {
  readonly from: string;
  /** The candidate of `from` that has the need: its winner, or one that is filtered because of it. */
  readonly provider: string;
  readonly to: string;
  readonly kind: DependencyKind;
  /** Under which name the factory is given it; only for `inject`. */
  readonly name?: string;
  /** What is required of it; only for `requires`, and only where something is. */
  readonly capabilities?: readonly string[];
  readonly state: DependencyState;
}

/** A need before it is known what is there. */
export interface Need extends Omit<Dependency, 'from' | 'state' | 'to'> {
  readonly domain: string;
  readonly key: string;
  /** Undefined: whatever the other key's own decision says. */
  readonly state?: 'unregistered' | 'unmet';
}

/**
 * What a decision leads to: all needs of its winner; where nothing won, the requirements for which candidates were
 * filtered, so that a missing link can be followed down to where it is missing. In the order in which they are written.
 */
export function needsOf(explanation: Explanation): readonly Need[] {
  const { winner } = explanation;
  if (winner === null) return explanation.candidates.flatMap(unmetNeeds);
  const { provider, requires } = winner;
  return [
    ...injectedNeeds(winner).map(({ parameter, domain, key }): Need => ({
      provider,
      kind: 'inject',
      name: parameter,
      domain,
      key,
    })),
    ...requires.map(({ domain, key, capabilities }): Need => ({
      provider,
      kind: 'requires',
      domain,
      key,
      ...(capabilities === undefined ? {} : { capabilities }),
    })),
  ];
}

function unmetNeeds(report: { readonly state: string }): readonly Need[] {
  if (!isForMissing(report)) return [];
  const { provider, expected, actual } = report;
  return expected.map(({ domain, key, capabilities }, index): Need => ({
    provider,
    kind: 'requires',
    domain,
    key,
    ...(capabilities.length === 0 ? {} : { capabilities }),
    state: actual[index]?.offered.length === 0 ? 'unregistered' : 'unmet',
  }));
}

function isForMissing(report: {
  readonly state: string;
}): report is Extract<FilteredReport, { readonly code: 'REQUIREMENT_MISSING' }> {
  return (
    report.state === 'filtered' &&
    'code' in report &&
    report.code === ('REQUIREMENT_MISSING' satisfies string)
  );
}
