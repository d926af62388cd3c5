import type { CandidateSource } from '../decision/candidate.js';
import type { CandidateReport } from '../decision/candidate-report.js';
import { BOUNDS } from '../decision/changes.js';
import type { Outcome } from '../decision/explanation.js';
import { FILTER_CODES, type FilterCode } from '../decision/finding.js';
import { RANK_RULE_NAMES, type RankRuleName } from '../decision/rank-rules.js';
import { SOURCE_WORDING } from '../decision/text-wording.js';
import type { ConfigPath } from '../config/config-path.js';
import type { LayerReport } from '../config/layer-report.js';
import { type Properties, readMap } from '../config/read-map.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import type { LockedCandidate, LockedDecision, LockedSelection } from './lockfile.js';
import { LOCK_EXPECTED } from './lockfile-words.js';

const FINGERPRINT = /^sha256-[\w-]{43}$/;
const LONGEST_TEXT = 1000;
const STATES: readonly CandidateReport['state'][] = ['active', 'shadowed', 'filtered'];
const SOURCES = Object.keys(SOURCE_WORDING) as readonly CandidateSource['kind'][];

/** Reads a decision of a lockfile; what is wrong goes to `report`, and then the result is undefined. */
export function readDecision(
  value: unknown,
  path: ConfigPath,
  report: LayerReport,
): LockedDecision | undefined {
  const before = report.problems.length;
  const form = readMap(value, path, LOCK_EXPECTED.decision, report);
  if (report.problems.length > before) return undefined;
  const fields = new FieldReader(form, path, report);
  const candidates = readCandidates(form['candidates'], [...path, 'candidates'], report);
  const winner = fields.read('winner', LOCK_EXPECTED.winner, isNullOr(isName));
  const decidedBy = fields.read('decidedBy', LOCK_EXPECTED.decidedBy, isNullOr(isRule));
  const fingerprint = fields.read('fingerprint', LOCK_EXPECTED.fingerprint, isFingerprint);
  const outcome = outcomeOf(winner, decidedBy);
  fields.read('outcome', LOCK_EXPECTED.outcome, (each): each is Outcome => each === outcome);
  const active = candidates.filter(({ state }) => state === 'active');
  if (active.length > 1 || (active[0]?.provider ?? null) !== winner)
    fields.refuse('winner', LOCK_EXPECTED.activeWinner);
  const selection = readSelection(form['selection'], [...path, 'selection'], report);
  if (report.problems.length > before) return undefined;
  return { winner, outcome, decidedBy, selection, fingerprint, candidates };
}

function outcomeOf(winner: string | null, decidedBy: RankRuleName | null): Outcome {
  if (winner === null) return 'none';
  return decidedBy === 'registration' ? 'tie' : 'resolved';
}

function readSelection(value: unknown, path: ConfigPath, report: LayerReport): LockedSelection | null {
  if (value === undefined) return null;
  const fields = new FieldReader(readMap(value, path, LOCK_EXPECTED.selection, report), path, report);
  return {
    provider: fields.read('provider', LOCK_EXPECTED.name, isName),
    policy: fields.read('policy', LOCK_EXPECTED.policy, isOneOf(['pin', 'prefer'])),
    setBy: fields.read('setBy', LOCK_EXPECTED.text, isText),
  };
}

function readCandidates(value: unknown, path: ConfigPath, report: LayerReport): readonly LockedCandidate[] {
  if (!Array.isArray(value)) {
    report.wrong(path, describeValue(value), LOCK_EXPECTED.candidates);
    return [];
  }
  return (value as readonly unknown[]).map((entry, index) => readCandidate(entry, [...path, index], report));
}

function readCandidate(value: unknown, path: ConfigPath, report: LayerReport): LockedCandidate {
  const fields = new FieldReader(readMap(value, path, LOCK_EXPECTED.candidate, report), path, report);
  const state = fields.read('state', LOCK_EXPECTED.state, isOneOf(STATES));
  return {
    provider: fields.read('provider', LOCK_EXPECTED.name, isName),
    state,
    ...(state === 'filtered' ? { code: fields.read('code', LOCK_EXPECTED.code, isCode) } : {}),
    ...fields.text('reason'),
    priority: fields.read('priority', LOCK_EXPECTED.priority, isWithin(BOUNDS.priority)),
    stackLevel: fields.read('stackLevel', LOCK_EXPECTED.stackLevel, isWithin(BOUNDS.stackLevel)),
    ...fields.text('factory'),
    source: fields.read('source', LOCK_EXPECTED.source, isOneOf(SOURCES)),
    ...fields.text('id'),
    ...fields.text('package'),
    ...fields.text('version'),
  };
}

/** Reads the properties of one map, and reports each that is not what it should be. */
class FieldReader {
  readonly #form: Properties;
  readonly #path: ConfigPath;
  readonly #report: LayerReport;

  constructor(form: Properties, path: ConfigPath, report: LayerReport) {
    this.#form = form;
    this.#path = path;
    this.#report = report;
  }

  /** The value, also a wrong one: what is read with a problem in the report is thrown away. */
  read<T>(name: string, expected: string, isRight: (value: unknown) => value is T): T {
    const value = this.#form[name];
    if (!isRight(value)) this.refuse(name, expected);
    return value as T;
  }

  text<N extends string>(name: N): { readonly [K in N]?: string } {
    if (this.#form[name] === undefined) return {};
    return { [name]: this.read(name, LOCK_EXPECTED.text, isText) } as { readonly [K in N]?: string };
  }

  refuse(name: string, expected: string): void {
    this.#report.wrong([...this.#path, name], describeValue(this.#form[name]), expected);
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}

function isFingerprint(value: unknown): value is string {
  return typeof value === 'string' && FINGERPRINT.test(value);
}

const isRule = isOneOf(RANK_RULE_NAMES);
const isCode: (value: unknown) => value is FilterCode = isOneOf(FILTER_CODES);

function isOneOf<T extends string>(known: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => known.some((each) => each === value);
}

function isNullOr<T>(isRight: (value: unknown) => value is T): (value: unknown) => value is T | null {
  return (value): value is T | null => value === null || isRight(value);
}

function isWithin({ min, max }: { readonly min: number; readonly max: number }) {
  return (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}
