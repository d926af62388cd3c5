import type { Candidate, CandidateInput, CandidateOrigins, CandidateSource } from '../decision/candidate.js';
import { type MarkDetail, redactDetail } from '../decision/mark.js';
import type { Selection } from '../decision/selection.js';
import { reportSource } from '../decision/source-report.js';
import { injectedNeeds } from '../dependencies/injected-needs.js';
import { redactJson } from '../security/redact.js';
import { CallSite } from './call-site.js';
import type { KeySlot } from './key-slot.js';
import type { RegistrySnapshot } from './registry-snapshot.js';
import type { Platform } from './state-context.js';

/** The newest form that `readSnapshotJson` reads, and the one that `snapshotJson` writes. */
export const SNAPSHOT_VERSION = 1;

/** One state of a registry as plain data: all that its decisions depend on, and where that came from. */
export interface RegistrySnapshotJson {
  /** Rises with a breaking change. */
  readonly schemaVersion: typeof SNAPSHOT_VERSION;
  readonly revision: number;
  /** The machine that the decisions are made for. */
  readonly platform: Platform;
  /** Ordered by domain and key. */
  readonly keys: readonly SnapshotKey[];
}

export interface SnapshotKey {
  readonly domain: string;
  readonly key: string;
  readonly selection: Selection | null;
  /** In rank order. */
  readonly candidates: readonly SnapshotCandidate[];
}

/** A candidate without its code: no factory, schema, health check or handover. */
export interface SnapshotCandidate extends Pick<
  CandidateInput,
  'capabilities' | 'version' | 'scope' | 'requires' | 'conflictsWith' | 'platform' | 'metadata'
> {
  readonly provider: string;
  readonly sequence: number;
  readonly priority: number;
  readonly stackLevel: number;
  /** The reference; null for a function. */
  readonly factory: string | null;
  /** What it is given, by parameter: `domain/key`. */
  readonly inject?: Readonly<Record<string, string>>;
  readonly source: CandidateSource;
  readonly origins: CandidateOrigins;
  /** By code. */
  readonly marks: Readonly<Record<string, MarkDetail>>;
}

/**
 * A snapshot as plain data, from which another process makes the same decisions with the same fingerprints. What looks
 * like a secret is redacted, and of files outside the project only the name is there.
 */
export function snapshotJson({ state }: RegistrySnapshot): RegistrySnapshotJson {
  return {
    schemaVersion: SNAPSHOT_VERSION,
    revision: state.revision,
    platform: state.platform,
    keys: state.slotsOf().map(snapshotKey),
  };
}

/** One key of it. */
export function snapshotKey({ domain, key, selection, candidates, marks }: KeySlot): SnapshotKey {
  return {
    domain,
    key,
    selection: selection ?? null,
    candidates: candidates.map((candidate) => candidateOf(candidate, marks.get(candidate.sequence) ?? [])),
  };
}

function candidateOf(
  candidate: Candidate,
  marks: Iterable<readonly [code: string, detail: MarkDetail]>,
): SnapshotCandidate {
  const { provider, sequence, priority, stackLevel, factory, version, platform, metadata } = candidate;
  const { capabilities, scope, requires, conflictsWith, source, origins } = candidate;
  const needs = injectedNeeds(candidate).map(
    ({ parameter, domain, key }) => [parameter, `${domain}/${key}`] as const,
  );
  return {
    provider,
    sequence,
    priority,
    stackLevel,
    capabilities,
    scope,
    requires,
    conflictsWith,
    factory: typeof factory === 'string' ? factory : null,
    ...(version === undefined ? {} : { version }),
    ...(needs.length === 0 ? {} : { inject: Object.fromEntries(needs) }),
    ...(platform === undefined ? {} : { platform }),
    ...(metadata === undefined ? {} : { metadata: redactJson(metadata) }),
    source: reportSource(source),
    origins: { ...origins, site: origins.site instanceof CallSite ? origins.site.toJSON() : origins.site },
    marks: Object.fromEntries(Array.from(marks, ([code, detail]) => [code, redactDetail(detail)])),
  };
}
