import { isDeepStrictEqual } from 'node:util';
import type { Candidate, CandidateInput, CandidateSource } from '../../../src/decision/candidate.js';
import { decide } from '../../../src/decision/decide.js';
import type { MarkCode, MarkDetail } from '../../../src/decision/mark.js';
import type { KeyFacts, World } from '../../../src/decision/question.js';
import type { NormalRequest } from '../../../src/decision/request.js';
import { compareStanding } from '../../../src/decision/rank.js';
import type { Selection, SelectionInput } from '../../../src/decision/selection.js';

/** Everything that a registry holds, as plain lists and maps. A change makes a new one. */
export interface ModelState {
  readonly nextSequence: number;
  readonly candidates: readonly Candidate[];
  readonly selections: ReadonlyMap<string, Selection>;
  /** By sequence number. */
  readonly marks: ReadonlyMap<number, ReadonlyMap<MarkCode, MarkDetail>>;
}

/** One thing that a commit did, in the words of the tests. */
export type ModelChange = string;

export const EMPTY: ModelState = { nextSequence: 1, candidates: [], selections: new Map(), marks: new Map() };

/** A rejection with this code. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** What one registration did. */
export interface Outcome {
  readonly candidate: Candidate;
  readonly replaced: Candidate | undefined;
  readonly isChanged: boolean;
}

export const nameOf = ({ domain, key }: { readonly domain: string; readonly key: string }): string =>
  `${domain}/${key}`;

/** A candidate in one line, with everything that a test can tell it by. */
export function label(candidate: Candidate): string {
  const {
    provider,
    sequence,
    priority,
    stackLevel,
    capabilities,
    requires,
    conflictsWith,
    platform,
    source,
    origins,
  } = candidate;
  const factory = typeof candidate.factory === 'string' ? candidate.factory : candidate.factory.name;
  const rest = [
    capabilities,
    requires,
    conflictsWith,
    platform?.os ?? [],
    source,
    origins.priority.kind,
    origins.stackLevel.kind,
  ];
  return `${nameOf(candidate)}=${provider}#${sequence} ${priority} ${stackLevel} ${factory} ${JSON.stringify(rest)}`;
}

function identityOf(source: CandidateSource): string | undefined {
  return source.kind === 'manual' && source.id === undefined
    ? undefined
    : `${source.kind} ${source.id ?? ''}`;
}

const isSamePlace = (a: Candidate, b: Candidate): boolean =>
  nameOf(a) === nameOf(b) && a.provider === b.provider && identityOf(a.source) === identityOf(b.source);

function candidateFrom(input: CandidateInput, sequence: number): Candidate {
  if (Math.abs(input.priority ?? 0) > 1000) throw new Refused('ONEIRIC_REGISTRY_CANDIDATE_INVALID');
  const {
    domain,
    key,
    provider = 'default',
    factory,
    priority,
    stackLevel,
    capabilities = [],
    requires = [],
  } = input;
  const kind = (value: unknown) => ({
    kind: value === undefined ? ('default' as const) : ('candidate' as const),
  });
  return {
    domain,
    key,
    provider,
    sequence,
    priority: priority ?? 0,
    stackLevel: stackLevel ?? 0,
    capabilities,
    version: undefined,
    factory,
    inject: undefined,
    settings: undefined,
    health: undefined,
    handover: undefined,
    scope: 'singleton',
    requires: requires.map((entry) => {
      const parts = String(entry).split('/');
      return { domain: parts.length === 1 ? domain : parts[0]!, key: parts.at(-1)! };
    }),
    conflictsWith: input.conflictsWith ?? [],
    platform: input.platform,
    metadata: undefined,
    source: input.source ?? { kind: 'manual' },
    origins: { priority: kind(priority), stackLevel: kind(stackLevel), site: undefined },
  };
}

/** A state being changed, with what has been done so far: a commit or a transaction. */
export class ModelDraft {
  state: ModelState;
  readonly changes: ModelChange[] = [];
  readonly #parent: ModelDraft | undefined;

  /** On top of a published state, or of a transaction. */
  constructor(base: ModelState | ModelDraft) {
    this.#parent = base instanceof ModelDraft ? base : undefined;
    this.state = base instanceof ModelDraft ? base.state : base;
  }

  /** Has it, or a transaction around it, changed anything? Then reads in it show the next revision. */
  get isChanged(): boolean {
    return this.changes.length > 0 || this.#parent?.isChanged === true;
  }

  /** Takes over all that a draft on top of this one has done. */
  absorb(draft: ModelDraft): void {
    this.state = draft.state;
    this.changes.push(...draft.changes);
  }

  registerAll(inputs: readonly CandidateInput[]): readonly Outcome[] {
    const checked = inputs.map((input) => candidateFrom(input, 0));
    const isTwice = checked.some((one, index) =>
      checked.some(
        (other, at) => at < index && identityOf(one.source) !== undefined && isSamePlace(one, other),
      ),
    );
    if (isTwice) throw new Refused('ONEIRIC_REGISTRY_DUPLICATE');
    return inputs.map((input) => this.#register(input));
  }

  #register(input: CandidateInput): Outcome {
    const { nextSequence, candidates } = this.state;
    const fresh = candidateFrom(input, nextSequence);
    const previous =
      identityOf(fresh.source) === undefined
        ? undefined
        : candidates.find((known) => isSamePlace(known, fresh));
    if (previous === undefined) {
      this.state = { ...this.state, nextSequence: nextSequence + 1, candidates: [...candidates, fresh] };
      this.changes.push(`registered ${label(fresh)}`);
      return { candidate: fresh, replaced: undefined, isChanged: true };
    }
    const next = { ...fresh, sequence: previous.sequence };
    if (isDeepStrictEqual(next, previous))
      return { candidate: previous, replaced: undefined, isChanged: false };
    this.state = { ...this.state, candidates: [...candidates.filter((known) => known !== previous), next] };
    this.changes.push(`replaced ${label(previous)} by ${label(next)}`);
    return { candidate: next, replaced: previous, isChanged: true };
  }

  replaceSource(source: CandidateSource, inputs: readonly CandidateInput[]) {
    const outcomes = this.registerAll(inputs.map((input) => ({ ...input, source })));
    const offered = new Set(outcomes.map(({ candidate }) => candidate));
    const retired = this.state.candidates
      .filter((known) => identityOf(known.source) === identityOf(source) && !offered.has(known))
      .sort((a, b) => a.sequence - b.sequence);
    for (const candidate of retired) this.unregister(candidate);
    return { outcomes, retired };
  }

  unregister(candidate: Candidate): boolean {
    const { candidates, marks } = this.state;
    if (!candidates.includes(candidate)) return false;
    this.state = {
      ...this.state,
      candidates: candidates.filter((known) => known !== candidate),
      marks: new Map([...marks].filter(([sequence]) => sequence !== candidate.sequence)),
    };
    this.changes.push(`unregistered ${label(candidate)}`);
    return true;
  }

  mark(given: Candidate, code: MarkCode, detail: MarkDetail | null): void {
    const { candidates, marks } = this.state;
    const candidate = candidates.find(
      (known) =>
        known === given ||
        (identityOf(given.source) !== undefined &&
          isSamePlace(known, given) &&
          known.sequence === given.sequence),
    );
    if (candidate === undefined) throw new Refused('ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN');
    const own = new Map(marks.get(candidate.sequence));
    if ((own.get(code) ?? null) === detail) return;
    if (detail === null) own.delete(code);
    else own.set(code, detail);
    this.state = { ...this.state, marks: new Map(marks).set(candidate.sequence, own) };
    this.changes.push(
      detail === null
        ? `cleared ${code} of ${label(candidate)}`
        : `marked ${label(candidate)} ${code} ${String(detail)}`,
    );
  }

  select(of: { readonly domain: string; readonly key: string }, input: SelectionInput | undefined): void {
    const previous = this.state.selections.get(nameOf(of));
    const { provider, policy = 'pin' } = typeof input === 'string' ? { provider: input } : (input ?? {});
    if (previous?.provider === provider && (provider === undefined || previous?.policy === policy)) return;
    const selections = new Map(this.state.selections);
    if (provider === undefined) selections.delete(nameOf(of));
    else selections.set(nameOf(of), { provider, policy, origin: { kind: 'code' } });
    this.state = { ...this.state, selections };
    this.changes.push(
      provider === undefined
        ? `selection of ${nameOf(of)} cleared`
        : `selected ${nameOf(of)} ${provider} ${policy}`,
    );
  }
}

/** Every key that has a candidate or a selection, in order. */
export function keysOf({ candidates, selections }: ModelState): readonly string[] {
  return [...new Set([...candidates.map(nameOf), ...selections.keys()])].sort();
}

/** The decision made from nothing, with nothing remembered. */
export function explanationOf(
  state: ModelState,
  revision: number,
  domain: string,
  key: string,
  request: NormalRequest,
) {
  const factsOf = (of: { readonly domain: string; readonly key: string }): KeyFacts => ({
    ...of,
    candidates: state.candidates
      .filter((candidate) => nameOf(candidate) === nameOf(of))
      .sort(compareStanding),
    selection: state.selections.get(nameOf(of)),
    marks: new Map([...state.marks].filter(([, marks]) => marks.size > 0)),
  });
  const known = keysOf(state);
  const world: World = {
    revision,
    platform: { os: process.platform, node: process.versions.node },
    factsOf: (ofDomain, ofKey) =>
      known.includes(`${ofDomain}/${ofKey}`) ? factsOf({ domain: ofDomain, key: ofKey }) : undefined,
    domains: () => new Set(known.map((name) => name.split('/')[0]!)),
    keysOf: (ofDomain) =>
      known.filter((name) => name.startsWith(`${ofDomain}/`)).map((name) => name.split('/')[1]!),
  };
  return decide({ facts: factsOf({ domain, key }), request, world });
}
