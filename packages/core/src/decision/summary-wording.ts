import { list } from './list.js';
import type { SummaryFacts } from './summary.js';

type SummaryWording = {
  readonly [K in SummaryFacts['kind']]: (facts: Extract<SummaryFacts, { readonly kind: K }>) => string;
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
    `Nothing won: ${count === 1 ? 'the only candidate is' : `all ${String(count)} candidates are`} filtered; ` +
    `nearest miss ${nearestMiss}: it ${told}.`,
};

/** ` Did you mean "redis"?` */
export function didYouMean(nearest: string | null): string {
  return nearest === null ? '' : ` Did you mean "${nearest}"?`;
}

function rest(filtered: number, fallback: string | null): string {
  const parts = [
    ...(filtered === 0 ? [] : [`${String(filtered)} filtered`]),
    ...(fallback === null ? [] : [`the selection prefers ${fallback}, so it fell back`]),
  ];
  return parts.length === 0 ? '' : `; ${list(parts, 'and')}`;
}
