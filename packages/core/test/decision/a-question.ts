import type { Candidate, CandidateInput, Requirement } from '../../src/decision/candidate.js';
import type { Marks, MarkCode, MarkDetail } from '../../src/decision/mark.js';
import type { KeyFacts, Question, World } from '../../src/decision/question.js';
import { deepFreeze } from '../../src/foundation/deep-freeze.js';
import { normaliseRequest } from '../../src/decision/normalise-request.js';
import { compareStanding } from '../../src/decision/rank.js';
import type { ResolveRequest } from '../../src/decision/request.js';
import type { SelectionInput } from '../../src/decision/selection.js';

export interface Offer extends Partial<Omit<CandidateInput, 'requires'>> {
  readonly requires?: readonly Requirement[];
  readonly sequence?: number;
  readonly marks?: Partial<Record<MarkCode, MarkDetail>>;
}

export interface Setting {
  /** Default: `cache`. */
  readonly key?: string;
  readonly offers: readonly Offer[];
  readonly request?: ResolveRequest;
  readonly selection?: SelectionInput;
  /** Other keys, as `domain/key`. */
  readonly others?: Readonly<Record<string, readonly Offer[]>>;
  readonly platform?: World['platform'];
  readonly revision?: number;
}

export const DOMAIN = 'adapter';
export const KEY = 'cache';

/** A question about a key of `adapter`; candidates count as registered in the order given, from 1. */
export function aQuestion(setting: Setting): Question {
  const key = setting.key ?? KEY;
  const facts = someFacts(DOMAIN, key, setting.offers, setting.selection);
  const all = new Map([[`${DOMAIN}/${key}`, facts]]);
  for (const [name, offers] of Object.entries(setting.others ?? {})) {
    const [domain = '', other = ''] = name.split('/');
    all.set(name, someFacts(domain, other, offers));
  }
  return { facts, request: normaliseRequest(setting.request), world: aWorld(all, setting) };
}

export function aWorld(
  all: ReadonlyMap<string, KeyFacts>,
  { platform = { os: 'linux', node: '20.20.2' }, revision = 1 }: Pick<Setting, 'platform' | 'revision'> = {},
): World {
  return {
    revision,
    platform,
    factsOf: (domain, key) => all.get(`${domain}/${key}`),
    domains: () => new Set([...all.values()].map((facts) => facts.domain)),
    keysOf: (domain) =>
      [...all.values()].filter((facts) => facts.domain === domain).map((facts) => facts.key),
  };
}

export function someFacts(
  domain: string,
  key: string,
  offers: readonly Offer[],
  selection?: SelectionInput,
): KeyFacts {
  const candidates = offers.map((offer, index) => aCandidate(domain, key, offer, index + 1));
  const marks = new Map<number, Marks>();
  offers.forEach((offer, index) => {
    const entries = Object.entries(offer.marks ?? {}) as [MarkCode, MarkDetail][];
    if (entries.length > 0) marks.set(offer.sequence ?? index + 1, new Map(entries));
  });
  const chosen = typeof selection === 'string' ? { provider: selection } : selection;
  return {
    domain,
    key,
    candidates: candidates.sort(compareStanding),
    selection:
      chosen === undefined
        ? undefined
        : deepFreeze({
            provider: chosen.provider,
            policy: chosen.policy ?? 'pin',
            origin: chosen.origin ?? { kind: 'config', path: `selections.${domain}.${key}` },
          }),
    marks,
  };
}

export function aCandidate(domain: string, key: string, offer: Offer, sequence: number): Candidate {
  return deepFreeze({
    domain,
    key,
    provider: offer.provider ?? 'default',
    sequence: offer.sequence ?? sequence,
    priority: offer.priority ?? 0,
    stackLevel: offer.stackLevel ?? 0,
    capabilities: offer.capabilities ?? [],
    version: offer.version,
    factory: offer.factory ?? (() => offer.provider),
    inject: offer.inject,
    settings: undefined,
    health: undefined,
    handover: undefined,
    scope: 'singleton',
    requires: offer.requires ?? [],
    conflictsWith: offer.conflictsWith ?? [],
    platform: offer.platform,
    metadata: offer.metadata,
    source: offer.source ?? { kind: 'manual' as const },
    origins: {
      priority: { kind: offer.priority === undefined ? ('default' as const) : ('candidate' as const) },
      stackLevel: { kind: offer.stackLevel === undefined ? ('default' as const) : ('candidate' as const) },
      site: undefined,
    },
  });
}
