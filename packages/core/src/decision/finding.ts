import { MARK_CODES, type MarkCode, type MarkDetail } from './mark.js';

/** The codes of the filter, in the order in which a candidate is asked. */
export const FILTER_CODES = [
  'PROVIDER_NOT_REQUESTED',
  'CAPABILITY_MISSING',
  'PLATFORM_UNSUPPORTED',
  'REQUIREMENT_MISSING',
  'CONFLICT',
  ...MARK_CODES,
] as const;
export type FilterCode = (typeof FILTER_CODES)[number];

/** Why a candidate was filtered: the code, what its rule expected and what it found. All of it is JSON. */
export type FilterFinding =
  | { readonly code: 'PROVIDER_NOT_REQUESTED'; readonly expected: string | null; readonly actual: string }
  | {
      readonly code: 'CAPABILITY_MISSING';
      readonly expected: readonly string[];
      readonly actual: readonly string[];
    }
  | {
      readonly code: 'PLATFORM_UNSUPPORTED';
      readonly expected: { readonly os?: readonly string[]; readonly node?: string };
      readonly actual: { readonly os?: string; readonly node?: string };
    }
  | {
      readonly code: 'REQUIREMENT_MISSING';
      readonly expected: readonly ExpectedRequirement[];
      /** For each of them, everybody offered for that key and what keeps each from meeting the requirement. */
      readonly actual: readonly FoundOffers[];
    }
  | {
      readonly code: 'CONFLICT';
      readonly expected: { readonly without: readonly string[] };
      /** The providers it yields to, best first. */
      readonly actual: readonly string[];
    }
  | MarkFinding;

type MarkFinding = {
  readonly [C in MarkCode]: {
    readonly code: C;
    readonly expected: string;
    /** What was given with the mark, secrets redacted. */
    readonly actual: MarkDetail | null;
  };
}[MarkCode];

export interface ExpectedRequirement {
  readonly domain: string;
  readonly key: string;
  readonly capabilities: readonly string[];
}

export interface FoundOffers {
  readonly domain: string;
  readonly key: string;
  readonly offered: readonly { readonly provider: string; readonly code: FilterCode }[];
}
