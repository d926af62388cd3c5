import type { Candidate, CandidateOrigins, Factory } from '../decision/candidate.js';
import { MARK_CODES, type MarkCode, type MarkDetail, type Marks } from '../decision/mark.js';
import type { Selection } from '../decision/selection.js';
import { createError } from '../errors/oneiric-error.js';
import { isName } from '../foundation/name.js';
import { readCandidate } from './check-candidate.js';
import { frozenJson } from './frozen-json.js';
import { KeyIndex } from './key-index.js';
import { KeySlot } from './key-slot.js';
import { PersistentArray } from './persistent-array.js';
import { isObject, isText, NAME_EXPECTED, noteIn, readList, type Wrong } from './read-field.js';
import { ORIGIN_EXPECTED, readOrigin } from './read-origin.js';
import { readSelection } from './read-selections.js';
import { type InputProblem, REGISTRY_ERRORS } from './registry-errors.js';
import { RegistrySnapshot } from './registry-snapshot.js';
import { RegistryState } from './registry-state.js';
import { SNAPSHOT_VERSION } from './snapshot-json.js';
import type { Platform } from './state-context.js';

/** So many problems show what kind of data it is. */
const MOST_PROBLEMS = 20;

/**
 * The state of a registry that another process wrote with `snapshotJson`: every read of it gives what it gives there,
 * with the same fingerprints. Its candidates have no code: calling a factory throws. Properties that this version does
 * not know are passed over.
 *
 * @throws `ONEIRIC_REGISTRY_SNAPSHOT_INVALID` with what is wrong and where, at most 20 problems
 */
export function readSnapshotJson(json: unknown): RegistrySnapshot {
  const problems: InputProblem[] = [];
  const wrong = noteIn(problems);
  const form = isObject(json) ? json : {};
  if (form['schemaVersion'] !== SNAPSHOT_VERSION) {
    wrong('schemaVersion', form['schemaVersion'], `${String(SNAPSHOT_VERSION)}, which this version reads`);
  }
  const { revision } = form;
  if (!isWhole(revision)) wrong('revision', revision, 'a whole number from 0');
  const platform = readPlatform(form['platform'], wrong);
  const index = new KeyIndex();
  const slots = new Map<number, KeySlot>();
  const sequences = new Set<number>();
  for (const [place, value] of readList(form['keys'], 'keys', 'an array of keys', wrong).entries()) {
    if (problems.length >= MOST_PROBLEMS) break;
    const slot = readKey(value, `keys[${String(place)}]`, sequences, problems);
    if (slot === undefined) continue;
    const { domain, key } = slot;
    if (index.find(domain, key) !== undefined) wrong(`keys[${String(place)}].key`, key, 'a key once');
    const cell = index.ensure(domain, key);
    index.publish(cell, slot);
    slots.set(cell.id, slot);
  }
  if (problems.length > 0) {
    const details = { problems: problems.slice(0, MOST_PROBLEMS) };
    throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_SNAPSHOT_INVALID', details);
  }
  const context = { index, platform, settled: new WeakMap() };
  const next = Math.max(0, ...sequences) + 1;
  const all = PersistentArray.empty<KeySlot>().with(slots);
  return new RegistrySnapshot(new RegistryState(context, revision as number, next, all));
}

function readPlatform(value: unknown, wrong: Wrong): Platform {
  const { os, node } = isObject(value) ? value : {};
  if (isText(os) && isText(node)) return Object.freeze({ os, node });
  wrong('platform', value, 'an object { os, node }');
  return { os: '', node: '' };
}

function readKey(
  value: unknown,
  path: string,
  sequences: Set<number>,
  problems: InputProblem[],
): KeySlot | undefined {
  const wrong = noteIn(problems);
  const { domain, key, selection, candidates } = isObject(value) ? value : {};
  if (!isName(domain)) wrong(`${path}.domain`, domain, NAME_EXPECTED);
  if (!isName(key)) wrong(`${path}.key`, key, NAME_EXPECTED);
  if (!isName(domain) || !isName(key)) return undefined;
  const marks = new Map<number, Marks>();
  const added: Candidate[] = [];
  const offers = readList(candidates, `${path}.candidates`, 'an array of candidates', wrong);
  for (const [place, offer] of offers.entries()) {
    const at = `${path}.candidates[${String(place)}]`;
    const candidate = readOffer({ domain, key }, offer, at, problems);
    if (candidate === undefined) continue;
    const { sequence } = candidate;
    if (sequences.has(sequence)) wrong(`${at}.sequence`, sequence, 'a registration of its own');
    sequences.add(sequence);
    const marked = readMarks((offer as Readonly<Record<string, unknown>>)['marks'], at, wrong);
    if (marked.size > 0) marks.set(sequence, marked);
    added.push(candidate);
  }
  const chosen = readChoice({ domain, key }, selection, `${path}.selection`, wrong);
  return KeySlot.empty({ domain, key }).with({ added, removed: undefined }, chosen, marks, 0);
}

interface KeyNames {
  readonly domain: string;
  readonly key: string;
}

function readChoice(
  { domain, key }: KeyNames,
  value: unknown,
  path: string,
  wrong: Wrong,
): Selection | undefined {
  if (value === null || value === undefined) return undefined;
  try {
    return readSelection(domain, key, value);
  } catch {
    wrong(path, value, 'null, or { provider, policy, origin }');
    return undefined;
  }
}

/** A candidate by the rules of a registration, with the ranks and origins that it had where it was registered. */
function readOffer(
  { domain, key }: KeyNames,
  value: unknown,
  path: string,
  problems: InputProblem[],
): Candidate | undefined {
  const wrong = noteIn(problems);
  if (!isObject(value)) {
    wrong(path, value, 'an object { provider, sequence, … }');
    return undefined;
  }
  const { provider, priority, stackLevel, capabilities, version, factory, inject } = value;
  const { scope, requires, conflictsWith, platform, metadata, source, sequence } = value;
  const rest = { capabilities, inject, scope, requires, conflictsWith, platform, metadata, source };
  const found: InputProblem[] = [];
  const checked = readCandidate(
    { domain, key, provider, priority, stackLevel, version, factory: factory ?? GONE, ...rest },
    undefined,
    found,
  );
  for (const [name, rank] of Object.entries({ priority, stackLevel }))
    if (rank === undefined) wrong(`${path}.${name}`, rank, 'an integer');
  problems.push(...found.map((problem) => ({ ...problem, path: `${path}.${problem.path}` })));
  if (!isWhole(sequence)) wrong(`${path}.sequence`, sequence, 'a whole number from 0');
  const origins = readOrigins(value['origins'], `${path}.origins`, wrong);
  if (checked === undefined || origins === undefined) return undefined;
  return Object.freeze({
    ...checked,
    priority: checked.priority as number,
    stackLevel: checked.stackLevel as number,
    sequence: sequence as number,
    origins,
  });
}

function readOrigins(value: unknown, path: string, wrong: Wrong): CandidateOrigins | undefined {
  const { priority, stackLevel, site } = isObject(value) ? value : {};
  const origins = {
    priority: readOrigin(priority),
    stackLevel: readOrigin(stackLevel),
    site: readOrigin(site),
  };
  if (origins.priority !== undefined && origins.stackLevel !== undefined)
    return Object.freeze(origins as CandidateOrigins);
  wrong(path, value, `of priority and of stackLevel ${ORIGIN_EXPECTED}`);
  return undefined;
}

function readMarks(value: unknown, path: string, wrong: Wrong): Marks {
  const marks = new Map<MarkCode, MarkDetail>();
  if (value === undefined) return marks;
  for (const [name, detail] of Object.entries(isObject(value) ? value : {})) {
    const code = MARK_CODES.find((known) => known === name);
    const copy = typeof detail === 'string' ? detail : isObject(detail) ? frozenJson(detail) : undefined;
    if (code !== undefined && copy !== undefined) marks.set(code, copy as MarkDetail);
    else wrong(`${path}.marks.${name}`, detail, `a text or an object, under one of ${MARK_CODES.join(', ')}`);
  }
  return marks;
}

const GONE: Factory = ({ candidate: { domain, key, provider } }) => {
  throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_FACTORY_ELSEWHERE', { domain, key, provider });
};

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
