import satisfies from 'semver/functions/satisfies.js';

import type { Candidate, Requirement } from './candidate.js';
import { MARK_OPPOSITES } from './filter-wording.js';
import type { FilterCode, FilterFinding, FoundOffers } from './finding.js';
import { MARK_CODES, type MarkCode, redactDetail } from './mark.js';
import type { KeyFacts, World } from './question.js';
import type { NormalRequest } from './request.js';

/** What a rule may look at. */
export interface FilterContext {
  readonly facts: KeyFacts;
  readonly request: NormalRequest;
  readonly platform: World['platform'];
  /** The requirements of a candidate that nobody who stands meets, and what was found instead. */
  unmet(candidate: Candidate): readonly UnmetRequirement[];
  /** The candidates that this one yields to, best first. */
  rivals(candidate: Candidate): readonly Candidate[];
}

export interface UnmetRequirement {
  readonly requirement: Requirement;
  readonly offered: FoundOffers['offered'];
}

/** One condition that keeps a candidate out of the ranking. */
export interface FilterRule {
  readonly code: FilterCode;
  /** Whether it looks at the candidate and the machine only, and is the same in every request. */
  readonly intrinsic: boolean;
  readonly rejects: (candidate: Candidate, context: FilterContext) => boolean;
  /** The evidence; asked only where the rule rejects. */
  readonly finding: (candidate: Candidate, context: FilterContext) => FilterFinding;
}

/**
 * The filter: a candidate is asked these rules in this order, and the first that rejects it gives the code.
 * This array is the algorithm; the reports and the documentation are made from it.
 */
export const FILTER_RULES: readonly FilterRule[] = [
  {
    code: 'PROVIDER_NOT_REQUESTED',
    intrinsic: false,
    rejects: ({ provider }, { request }) => request.provider !== null && request.provider !== provider,
    finding: ({ provider }, { request }) => ({
      code: 'PROVIDER_NOT_REQUESTED',
      expected: request.provider,
      actual: provider,
    }),
  },
  {
    code: 'CAPABILITY_MISSING',
    intrinsic: false,
    rejects: (candidate, { request: { capabilities, requireAll } }) =>
      capabilities.length > 0 &&
      !(requireAll ? hasAll(candidate, capabilities) : hasAny(candidate, capabilities)),
    finding: ({ capabilities }, { request }) => ({
      code: 'CAPABILITY_MISSING',
      expected: request.capabilities,
      actual: capabilities,
    }),
  },
  {
    code: 'PLATFORM_UNSUPPORTED',
    intrinsic: true,
    rejects: ({ platform: wanted }, { platform }) =>
      wanted !== undefined &&
      ((wanted.os !== undefined && !wanted.os.includes(platform.os)) ||
        (wanted.node !== undefined && !satisfies(platform.node, wanted.node, { includePrerelease: true }))),
    finding: ({ platform: wanted = {} }, { platform: { os, node } }) => ({
      code: 'PLATFORM_UNSUPPORTED',
      expected: wanted,
      actual: { ...(wanted.os === undefined ? {} : { os }), ...(wanted.node === undefined ? {} : { node }) },
    }),
  },
  {
    code: 'REQUIREMENT_MISSING',
    intrinsic: false,
    rejects: (candidate, context) => candidate.requires.length > 0 && context.unmet(candidate).length > 0,
    finding: (candidate, context) => {
      const unmet = context.unmet(candidate);
      return {
        code: 'REQUIREMENT_MISSING',
        expected: unmet.map(({ requirement: { domain, key, capabilities = [] } }) => ({
          domain,
          key,
          capabilities,
        })),
        actual: unmet.map(({ requirement: { domain, key }, offered }) => ({ domain, key, offered })),
      };
    },
  },
  {
    code: 'CONFLICT',
    intrinsic: false,
    rejects: (candidate, context) =>
      candidate.conflictsWith.length > 0 && context.rivals(candidate).length > 0,
    finding: (candidate, context) => ({
      code: 'CONFLICT',
      expected: { without: candidate.conflictsWith },
      actual: [...new Set(context.rivals(candidate).map(({ provider }) => provider))],
    }),
  },
  ...MARK_CODES.map(markRule),
];

function markRule(code: MarkCode): FilterRule {
  return {
    code,
    intrinsic: true,
    rejects: ({ sequence }, { facts }) =>
      facts.marks.size > 0 && facts.marks.get(sequence)?.has(code) === true,
    finding: ({ sequence }, { facts }) => {
      const detail = facts.marks.get(sequence)?.get(code);
      return {
        code,
        expected: MARK_OPPOSITES[code],
        actual: detail === undefined ? null : redactDetail(detail),
      };
    },
  };
}

/** Has the candidate every one of these capabilities? */
export function hasAll(candidate: Candidate, capabilities: readonly string[]): boolean {
  for (const capability of capabilities) if (!candidate.capabilities.includes(capability)) return false;
  return true;
}

function hasAny(candidate: Candidate, capabilities: readonly string[]): boolean {
  for (const capability of capabilities) if (candidate.capabilities.includes(capability)) return true;
  return false;
}
