import type { SummaryFacts } from './summary-facts.js';

type SummaryWording = {
  readonly [K in keyof SummaryFacts]: (facts: SummaryFacts[K]) => string;
};

/** The one sentence that a report starts with. */
export const SUMMARY_WORDING: SummaryWording = {
  only: ({ winner, filtered, fallback }) =>
    `${winner} wins: the only ${filtered === 0 ? 'candidate' : 'eligible candidate'}${rest(filtered, fallback)}.`,
  decided: ({ winner, loser, rule, values, filtered, fallback }) =>
    `${winner} wins over ${loser}: decided at ${rule}, ${values}${rest(filtered, fallback)}.`,
  tie: ({ winner, loser, rule, values, filtered, fallback }) =>
    `TIE: ${winner} wins over ${loser} only at ${rule}, ${values}${rest(filtered, fallback)}.`,
  'nothing-registered': ({ key, nearest }) => `Nothing is registered for ${key}.${didYouMean(nearest)}`,
  'provider-unknown': ({ key, provider, nearest }) =>
    `Nothing won: the request asks for ${provider}, which nobody offers for ${key}.${didYouMean(nearest)}`,
  'pin-unknown': ({ key, provider, nearest }) =>
    `Nothing won: the selection pins ${provider}, which nobody offers for ${key}.${didYouMean(nearest)}`,
  'pin-filtered': ({ provider, told }) =>
    `Nothing won: the selection pins ${provider}, which is filtered: it ${told}.`,
  'all-filtered': ({ count, nearestMiss, told }) =>
    `Nothing won: ${everyCandidate(count)} filtered; ` + `nearest miss ${nearestMiss}: it ${told}.`,
};

/** ` Did you mean "redis"?` */
export function didYouMean(nearest: string | null): string {
  return nearest === null ? '' : ` Did you mean "${nearest}"?`;
}

function rest(filtered: number, fallback: string | null): string {
  return (
    (fallback === null ? '' : `; it fell back from the preferred ${fallback}`) +
    (filtered === 0 ? '' : `; ${String(filtered)} filtered`)
  );
}

function everyCandidate(count: number): string {
  if (count === 1) return 'the only candidate is';
  return count === 2 ? 'both candidates are' : `all ${String(count)} candidates are`;
}
