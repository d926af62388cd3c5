import { isDeepStrictEqual } from 'node:util';

import type { Candidate, CandidateOrigins, CandidateSource } from '../decision/candidate.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import type { CheckedCandidate } from './check-candidate.js';
import { effectivePriority, effectiveStackLevel, type RankingDefaults } from './ranking-defaults.js';

/** The frozen candidate that a checked input becomes when it gets its place in the order of registrations. */
export function createCandidate(
  checked: CheckedCandidate,
  sequence: number,
  site: ValueOrigin | undefined,
  defaults: RankingDefaults,
): Candidate {
  const priority = effectivePriority(checked.priority, checked.source.package, defaults);
  const stackLevel = effectiveStackLevel(checked.stackLevel);
  return Object.freeze({
    domain: checked.domain,
    key: checked.key,
    provider: checked.provider,
    sequence,
    priority: priority.value,
    stackLevel: stackLevel.value,
    capabilities: checked.capabilities,
    version: checked.version,
    factory: checked.factory,
    inject: checked.inject,
    settings: checked.settings,
    health: checked.health,
    handover: checked.handover,
    scope: checked.scope,
    requires: checked.requires,
    conflictsWith: checked.conflictsWith,
    platform: checked.platform,
    metadata: checked.metadata,
    source: checked.source,
    origins: sharedOrigins(priority.origin, stackLevel.origin, writtenAt(checked.source) ?? site),
  });
}

let recent: CandidateOrigins | undefined;

/** The candidates of one call mostly have the same origins: those share one object. */
function sharedOrigins(
  priority: ValueOrigin,
  stackLevel: ValueOrigin,
  site: ValueOrigin | undefined,
): CandidateOrigins {
  if (recent?.priority === priority && recent.stackLevel === stackLevel && recent.site === site)
    return recent;
  return (recent = Object.freeze({ priority, stackLevel, site }));
}

/** The place that a source names, which is nearer to the author than the call that registered it. */
function writtenAt({ kind, file, line, column }: CandidateSource): ValueOrigin | undefined {
  if (file === undefined) return undefined;
  return Object.freeze({
    kind: kind === 'config' ? 'config' : 'code',
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  });
}

const IDENTITY_BY_REFERENCE = ['factory', 'settings', 'health', 'handover'] as const;
const EQUAL_BY_VALUE = [
  'provider',
  'priority',
  'stackLevel',
  'capabilities',
  'version',
  'inject',
  'requires',
  'conflictsWith',
  'platform',
  'metadata',
  'scope',
  'source',
] as const;

const ORIGINS = ['priority', 'stackLevel'] as const;

/**
 * Does registering `next` in the place of `known` change nothing? Functions and schemas are compared by identity; where
 * a priority came from counts as well as its amount, because reports tell it.
 */
export function isSameCandidate(known: Candidate, next: Candidate): boolean {
  return (
    IDENTITY_BY_REFERENCE.every((name) => known[name] === next[name]) &&
    EQUAL_BY_VALUE.every((name) => isEqual(known[name], next[name])) &&
    ORIGINS.every((name) => isEqual(known.origins[name], next.origins[name]))
  );
}

function isEqual(a: unknown, b: unknown): boolean {
  return a === b || isDeepStrictEqual(a, b);
}
