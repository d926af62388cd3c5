import type { Explanation, Outcome } from '../decision/explanation.js';
import type { Question } from '../decision/question.js';
import type { RankRuleName } from '../decision/rank-rules.js';
import { deepFreeze } from '../foundation/deep-freeze.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import { keyOfChange, type RegistryChangeReport, reportChange } from '../registry/change-report.js';
import type { RegistryChange } from '../registry/registry-change.js';
import type { DecisionChangedEvent } from '../registry/registry-events.js';

/** One decision of a key, what it replaced, and why: plain data, frozen, the same in every process. */
export interface DecisionRecord {
  /** The commit that brought it. */
  readonly revision: number;
  /** The provider that won before; the same as `winner` where another candidate of it won. */
  readonly previous: string | null;
  readonly winner: string | null;
  readonly outcome: Outcome;
  /** The first rule on which the winner and the next in rank differ; null where there was nothing to decide between. */
  readonly decidedBy: RankRuleName | null;
  /** What that commit did to this key, and to those that its candidates require, in order. */
  readonly cause: readonly RegistryChangeReport[];
  readonly fingerprint: string;
}

export interface DecisionHistoryOptions {
  /** How many decisions of one key are kept, from 1. Default: 20. */
  readonly perKey?: number;
}

const NONE: readonly DecisionRecord[] = Object.freeze([]);
/** How many decisions that are over may wait to be written down. */
const MOST_UNWRITTEN = 256;

/**
 * The last decisions of every key that was decided anew since it began to listen.
 *
 * On the way of a commit only references are noted: the explanation, which the registry keeps as well for as long as
 * it is the current one, and the changes of the key. A record is made of them when somebody looks; and of the oldest
 * one when more than 256 that are over wait for that, since each of them keeps what its key was then from being freed.
 * What grows is one list of `perKey` records for every key that was ever decided anew.
 */
export class DecisionHistory implements Disposable {
  readonly #perKey: number;
  /** By key; the oldest first. */
  readonly #notes = new Map<string, Note[]>();
  /** Those that are over, the oldest first. */
  readonly #unwritten = new Set<Note>();
  readonly #subscription: Disposable;

  constructor(registry: CandidateRegistry, { perKey = 20 }: DecisionHistoryOptions = {}) {
    this.#perKey = perKey;
    this.#subscription = registry.on('decision-changed', (event) => {
      this.#listen(event);
    });
  }

  /** The newest first; empty where nothing was decided anew. */
  of(domain: string, key: string): readonly DecisionRecord[] {
    const notes = this.#notes.get(nameOf({ domain, key }));
    return notes === undefined ? NONE : Object.freeze(notes.map((note) => note.write()).reverse());
  }

  /** Ends the listening; what was noted stays. */
  [Symbol.dispose](): void {
    this.#subscription[Symbol.dispose]();
  }

  #listen({ revision, changes, decisions, snapshot }: DecisionChangedEvent): void {
    const byKey = new ChangesByKey(changes);
    for (const { domain, key, previous } of decisions) {
      const explanation = snapshot.explain(domain, key);
      const note = new Note({
        revision,
        previous: previous?.provider ?? null,
        explanation,
        changes: byKey.concerning(explanation),
      });
      // Where nothing is registered an explanation looks for other names: it holds a whole state of the registry.
      if (explanation.question.facts.candidates.length === 0) note.write();
      this.#add(nameOf({ domain, key }), note);
    }
  }

  #add(name: string, note: Note): void {
    const notes = this.#notes.get(name) ?? [];
    const before = notes.at(-1);
    notes.push(note);
    this.#notes.set(name, notes);
    if (before !== undefined) this.#unwritten.add(before);
    if (notes.length > this.#perKey) this.#forget(notes);
    if (this.#unwritten.size > MOST_UNWRITTEN) this.#writeOldest();
  }

  #forget(notes: Note[]): void {
    const oldest = notes.shift();
    if (oldest !== undefined) this.#unwritten.delete(oldest);
  }

  #writeOldest(): void {
    for (const oldest of this.#unwritten) {
      this.#unwritten.delete(oldest);
      oldest.write();
      return;
    }
  }
}

/** What a record is made of. */
interface Noted {
  readonly revision: number;
  readonly previous: string | null;
  readonly explanation: Explanation;
  readonly changes: readonly RegistryChange[];
}

/** One decision: the record of it, or what that is made of. */
class Note {
  #content: Noted | DecisionRecord;

  constructor(noted: Noted) {
    this.#content = noted;
  }

  write(): DecisionRecord {
    if ('explanation' in this.#content) this.#content = recordOf(this.#content);
    return this.#content;
  }
}

function recordOf({ revision, previous, explanation, changes }: Noted): DecisionRecord {
  const { winner, outcome, decidedBy, fingerprint } = explanation;
  return deepFreeze({
    revision,
    previous,
    winner: winner?.provider ?? null,
    outcome,
    decidedBy,
    cause: changes.map(reportChange),
    fingerprint,
  });
}

/** The changes of one commit, by the key that they are about. */
class ChangesByKey {
  readonly #changes: readonly RegistryChange[];
  /** Where in the commit they stand. */
  readonly #places = new Map<string, number[]>();
  readonly #ofAllKeys: number[] = [];

  constructor(changes: readonly RegistryChange[]) {
    this.#changes = changes;
    for (const [place, change] of changes.entries()) {
      const about = keyOfChange(change);
      if (about === undefined) {
        this.#ofAllKeys.push(place);
        continue;
      }
      const name = nameOf(about);
      const known = this.#places.get(name);
      if (known === undefined) this.#places.set(name, [place]);
      else known.push(place);
    }
  }

  /** Those of the key that was decided, and of every key that its candidates require, directly or not. */
  concerning({ question }: Explanation): readonly RegistryChange[] {
    const own = nameOf(question.facts);
    const isAlone = this.#places.size === 1 && this.#places.has(own);
    const names = isAlone ? [own] : [...reachedBy(question)];
    const places = names.flatMap((name) => this.#places.get(name) ?? []);
    return [...places, ...this.#ofAllKeys]
      .sort((a, b) => a - b)
      .flatMap((place) => this.#changes[place] ?? []);
  }
}

function reachedBy({ facts, world }: Question): ReadonlySet<string> {
  const names = new Set([nameOf(facts)]);
  const waiting = [facts];
  for (const each of waiting) {
    for (const requirement of each.candidates.flatMap(({ requires }) => requires)) {
      if (names.has(nameOf(requirement))) continue;
      names.add(nameOf(requirement));
      const required = world.factsOf(requirement.domain, requirement.key, each);
      if (required !== undefined) waiting.push(required);
    }
  }
  return names;
}

function nameOf({ domain, key }: { readonly domain: string; readonly key: string }): string {
  return `${domain}/${key}`;
}
