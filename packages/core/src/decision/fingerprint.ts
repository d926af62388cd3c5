import { hash } from 'node:crypto';

import type { Candidate } from './candidate.js';
import type { Contest } from './contest.js';
import { FILTER_CODES, type FilterCode } from './finding.js';

type Column = (candidate: Candidate, contest: Contest) => unknown;

/** What each rule of the filter looks at in a candidate, in the order of the rules; marks are told by the code. */
const FILTER_INPUTS: readonly (readonly [FilterCode, Column])[] = [
  ['CAPABILITY_MISSING', ({ capabilities }, { request }) => sorted(request.capabilities, capabilities)],
  ['PLATFORM_UNSUPPORTED', ({ platform }) => [sorted(platform?.os ?? []), platform?.node ?? null]],
  [
    'REQUIREMENT_MISSING',
    ({ requires }) =>
      requires
        .map(({ domain, key, capabilities = [] }) => [domain, key, ...sorted(capabilities)].join('/'))
        .sort(),
  ],
  [
    'CONFLICT',
    ({ conflictsWith, priority, stackLevel }) =>
      conflictsWith.length === 0 ? [] : [sorted(conflictsWith), priority, stackLevel],
  ],
];

/**
 * A hash over the inputs that a decision used and its result: `sha256-` and base64url.
 *
 * Used are the question, the selection where it binds, of each candidate that passes its provider and scores, and of
 * every other what the rules looked at up to the one that rejected it. The order of registrations counts, their
 * numbers do not. So two processes that see the same candidates agree, whatever their revision, their locations and
 * what else is registered; of the machine only what the rules concluded from it counts.
 */
export function fingerprintOf(contest: Contest): string {
  const { facts, request, rank, passing, rejected, winner } = contest;
  const inputs = [
    'oneiric-decision-1',
    facts.domain,
    facts.key,
    request.provider,
    sorted(request.capabilities),
    request.capabilities.length === 0 || request.requireAll,
    rank.selected === null ? null : [rank.selected, contest.pinned],
    passing.map((candidate) => [
      candidate.provider,
      candidate.priority,
      candidate.stackLevel,
      ...FILTER_INPUTS.map(([, column]) => column(candidate, contest)),
    ]),
    rejected
      .map(({ candidate, rule }) =>
        JSON.stringify([candidate.provider, rule.code, ...lookedAt(candidate, rule.code, contest)]),
      )
      .sort(),
    winner === null ? null : passing.indexOf(winner),
  ];
  return `sha256-${hash('sha256', JSON.stringify(inputs), 'base64url')}`;
}

function lookedAt(candidate: Candidate, rejectedBy: FilterCode, contest: Contest): readonly unknown[] {
  const last = FILTER_CODES.indexOf(rejectedBy);
  return FILTER_INPUTS.filter(([code]) => FILTER_CODES.indexOf(code) <= last).map(([, column]) =>
    column(candidate, contest),
  );
}

/** Sorted, so that the order in which names were written does not count; with `within`, only those that it holds. */
function sorted(names: readonly string[], within: readonly string[] = names): readonly string[] {
  return names.filter((name) => within.includes(name)).sort();
}
