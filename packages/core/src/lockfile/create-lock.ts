import type { Candidate } from '../decision/candidate.js';
import type { CandidateReport } from '../decision/candidate-report.js';
import type { Explanation } from '../decision/explanation.js';
import { tellFinding } from '../decision/filter-wording.js';
import type { FilterFinding } from '../decision/finding.js';
import { list } from '../decision/list.js';
import type { SelectionReport } from '../decision/selection-report.js';
import { deepFreeze } from '../foundation/deep-freeze.js';
import type { LockedCandidate, LockedDecision, LockedKeys, LockedSelection, Lockfile } from './lockfile.js';

/** What a lock is made from: a registry, a transaction or a snapshot; the last does not change while it is read. */
export interface LockReads {
  explain(domain: string, key: string): Explanation;
  keys(): readonly { readonly domain: string; readonly key: string }[];
}

/**
 * A lock of every key that has a candidate or a selection, asked plainly. The same decisions give the same lock,
 * whatever the machine, the revision and the order of the keys.
 *
 * @param reads decided without an environment; undefined to lock only environments
 */
export function createLock(
  reads: LockReads | undefined,
  environments: Iterable<readonly [name: string, reads: LockReads]> = [],
): Lockfile {
  return Object.freeze({
    keys: reads && lockKeys(reads),
    environments: new Map(Array.from(environments, ([name, each]) => [name, lockKeys(each)])),
  });
}

function lockKeys(reads: LockReads): LockedKeys {
  const decisions = reads
    .keys()
    .map(({ domain, key }) => [`${domain}/${key}`, lockDecision(reads.explain(domain, key))] as const);
  return new Map(decisions.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function lockDecision(explanation: Explanation): LockedDecision {
  const { winner, outcome, decidedBy, selection, fingerprint, candidates, question } = explanation;
  const offers = new Map(question.facts.candidates.map((each) => [each.sequence, each]));
  return deepFreeze({
    winner: winner?.provider ?? null,
    outcome,
    decidedBy,
    selection: selection && lockSelection(selection),
    fingerprint,
    candidates: candidates.map((report) => lockCandidate(report, offers.get(report.rank.registration))),
  });
}

function lockSelection({ provider, policy, origin }: SelectionReport): LockedSelection {
  const setBy = origin.variable ?? origin.flag ?? (origin.kind === 'config' ? 'configuration' : origin.kind);
  return { provider, policy, setBy };
}

function lockCandidate(report: CandidateReport, offer: Candidate | undefined): LockedCandidate {
  const { provider, state, rank, source } = report;
  const version = source.version ?? report.version;
  const isIdentified = source.kind !== 'config' && source.kind !== 'manual';
  return {
    provider,
    state,
    ...(report.state === 'filtered' ? { code: report.code, reason: reasonOf(report) } : {}),
    priority: rank.priority,
    stackLevel: rank.stackLevel,
    ...(typeof offer?.factory === 'string' ? { factory: offer.factory } : {}),
    source: source.kind,
    ...(isIdentified && source.id !== undefined && source.id !== source.package ? { id: source.id } : {}),
    ...(source.package === undefined ? {} : { package: source.package }),
    ...(version === undefined ? {} : { version }),
  };
}

/** The finding without what only this machine or this moment found. */
function reasonOf(finding: FilterFinding): string {
  switch (finding.code) {
    case 'PLATFORM_UNSUPPORTED': {
      const { os, node } = finding.expected;
      const needs = [
        os === undefined ? [] : [list(os, 'or')],
        node === undefined ? [] : [`Node ${node}`],
      ].flat();
      return `needs ${needs.join(' and ')}`;
    }
    case 'PROVIDER_NOT_REQUESTED':
    case 'CAPABILITY_MISSING':
    case 'REQUIREMENT_MISSING':
    case 'CONFLICT':
      return tellFinding(finding);
    default:
      return tellFinding({ ...finding, actual: null });
  }
}
