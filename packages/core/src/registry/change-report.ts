import { isDeepStrictEqual } from 'node:util';

import type { Candidate, CandidateSource } from '../decision/candidate.js';
import { type MarkCode, type MarkDetail, redactDetail } from '../decision/mark.js';
import type { Selection } from '../decision/selection.js';
import { reportSource } from '../decision/source-report.js';
import type { JsonValue } from '../foundation/json.js';
import type { RegistryChange } from './registry-change.js';

interface OfferChange {
  readonly domain: string;
  readonly key: string;
  readonly provider: string;
  readonly version: string | null;
  readonly source: CandidateSource;
}

interface SelectionChange {
  readonly domain: string;
  readonly key: string;
  readonly previous: Selection | null;
}

interface MarkChange {
  readonly domain: string;
  readonly key: string;
  readonly provider: string;
  readonly code: MarkCode;
}

/** What a decision may look at in a candidate, and its version. */
const COMPARED = [
  'priority',
  'stackLevel',
  'capabilities',
  'requires',
  'conflictsWith',
  'platform',
  'version',
] as const satisfies readonly (keyof Candidate)[];

/** A property of a candidate that is another than before. */
export interface Difference {
  readonly property: (typeof COMPARED)[number];
  readonly from: JsonValue;
  readonly to: JsonValue;
}

/** One thing that a commit did, as data that JSON carries: no candidates, no functions, no secrets. */
export type RegistryChangeReport =
  | ({ readonly kind: 'registered' | 'unregistered' } & OfferChange)
  /** `differences` is empty where only what no decision looks at is another, such as the factory. */
  | ({ readonly kind: 'replaced'; readonly differences: readonly Difference[] } & OfferChange)
  | ({ readonly kind: 'selected'; readonly selection: Selection } & SelectionChange)
  | ({ readonly kind: 'selection-cleared' } & SelectionChange)
  | ({ readonly kind: 'marked'; readonly detail: MarkDetail } & MarkChange)
  | ({ readonly kind: 'mark-cleared' } & MarkChange)
  | { readonly kind: 'ranking-defaults-changed' };

/** The report of one change. */
export function reportChange(change: RegistryChange): RegistryChangeReport {
  const { kind } = change;
  switch (kind) {
    case 'registered':
    case 'unregistered':
      return { kind, ...offerOf(change.candidate) };
    case 'replaced':
      return {
        kind,
        ...offerOf(change.candidate),
        differences: differences(change.previous, change.candidate),
      };
    case 'selected': {
      const { domain, key, selection, previous = null } = change;
      return { kind, domain, key, selection, previous };
    }
    case 'selection-cleared': {
      const { domain, key, previous } = change;
      return { kind, domain, key, previous };
    }
    case 'marked':
      return { kind, ...markOf(change), detail: redactDetail(change.detail) };
    case 'mark-cleared':
      return { kind, ...markOf(change) };
    case 'ranking-defaults-changed':
      return { kind };
    default:
      return change satisfies never;
  }
}

/** The key that a change is about; undefined where it may be about all of them. */
export function keyOfChange(
  change: RegistryChange,
): { readonly domain: string; readonly key: string } | undefined {
  if ('candidate' in change) return change.candidate;
  return 'domain' in change ? change : undefined;
}

function offerOf({ domain, key, provider, version, source }: Candidate): OfferChange {
  return { domain, key, provider, version: version ?? null, source: reportSource(source) };
}

function markOf({ candidate, code }: { readonly candidate: Candidate; readonly code: MarkCode }): MarkChange {
  const { domain, key, provider } = candidate;
  return { domain, key, provider, code };
}

function differences(previous: Candidate, candidate: Candidate): readonly Difference[] {
  return COMPARED.filter((property) => !isDeepStrictEqual(previous[property], candidate[property])).map(
    (property) => ({ property, from: asJson(previous[property]), to: asJson(candidate[property]) }),
  );
}

/** Candidates are frozen data already; only what is absent has no form in JSON. */
function asJson(value: Candidate[Difference['property']]): JsonValue {
  return (value ?? null) as JsonValue;
}
