import type { Candidate } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import type { Marks } from '../decision/mark.js';
import type { KeyFacts } from '../decision/question.js';
import { requestKey } from '../decision/normalise-request.js';
import { compareStanding } from '../decision/rank.js';
import { PLAIN_REQUEST, type NormalRequest } from '../decision/request.js';
import type { Selection } from '../decision/selection.js';
import { mergeRanked } from './merge-ranked.js';

/** What a commit does to the candidates of one key. */
export interface SlotEdit {
  readonly added: readonly Candidate[];
  readonly removed: ReadonlySet<Candidate> | undefined;
}

/** How many requests of one key have their explanation kept; the plain one always has. */
const KEPT_REQUESTS = 64;
/** How many edits may wait for a reader, beside one for each candidate. */
const PENDING_EDITS = 64;
const UNCHANGED: SlotEdit = { added: [], removed: undefined };
const NO_MARKS: ReadonlyMap<number, Marks> = new Map();

/**
 * One version of everything that belongs to one key. Immutable as seen from outside: a change makes a new slot,
 * so whatever is remembered here stays true for as long as the slot is the key's current one.
 *
 * Candidates are put in order when somebody first asks, so that a registration costs the same however many
 * candidates the key has.
 */
export class KeySlot implements KeyFacts {
  readonly domain: string;
  readonly key: string;
  readonly selection: Selection | undefined;
  readonly marks: ReadonlyMap<number, Marks>;
  /** The revision that the slot was made for. */
  readonly since: number;
  readonly size: number;
  /** How many of the candidates have `requires`. */
  readonly requiring: number;
  #sorted: readonly Candidate[] | undefined;
  /** How many slots are put in order together when somebody asks. */
  #depth = 1;
  #base: KeySlot | undefined;
  #edit: SlotEdit | undefined;
  #links: Map<string, KeySlot> | undefined;
  #plainExplanation: Explanation | undefined;
  #explanations: Map<string, Explanation> | undefined;

  private constructor(
    of: { readonly domain: string; readonly key: string },
    selection: Selection | undefined,
    marks: ReadonlyMap<number, Marks>,
    since: number,
    size: number,
    requiring: number,
  ) {
    this.domain = of.domain;
    this.key = of.key;
    this.selection = selection;
    this.marks = marks;
    this.since = since;
    this.size = size;
    this.requiring = requiring;
  }

  static empty(of: { readonly domain: string; readonly key: string }): KeySlot {
    const slot = new KeySlot(of, undefined, NO_MARKS, 0, 0, 0);
    slot.#sorted = [];
    return slot;
  }

  /** Nothing is registered, selected or marked: the key can be forgotten. */
  get isEmpty(): boolean {
    return this.size === 0 && this.selection === undefined;
  }

  get candidates(): readonly Candidate[] {
    return (this.#sorted ??= this.#sort());
  }

  /** Is this very candidate registered? A few steps more than logarithmic in the candidates; puts nothing in order. */
  has(candidate: Candidate): boolean {
    if (this.#depth > PENDING_EDITS) this.#sorted ??= this.#sort();
    let slot = this as KeySlot;
    for (; slot.#sorted === undefined; slot = slot.#base as KeySlot) {
      if (slot.#edit?.removed?.has(candidate) === true) return false;
      if (slot.#edit?.added.includes(candidate) === true) return true;
    }
    return holds(slot.#sorted, candidate);
  }

  with(
    edit: SlotEdit,
    selection: Selection | undefined,
    marks: ReadonlyMap<number, Marks>,
    since: number,
  ): KeySlot {
    const { added, removed } = edit;
    let requiring = this.requiring;
    for (const candidate of added) if (candidate.requires.length > 0) requiring++;
    for (const candidate of removed ?? []) if (candidate.requires.length > 0) requiring--;
    const size = this.size + added.length - (removed?.size ?? 0);
    const next = new KeySlot(this, selection, marks, since, size, requiring);
    next.#base = this;
    // Edits of a key that nobody reads must not pile up: as many as it has candidates are put in order in passing.
    if (this.#sorted === undefined && this.#depth >= PENDING_EDITS + this.size) this.#sorted = this.#sort();
    if (this.#sorted === undefined) next.#depth = this.#depth + 1;
    if (added.length > 0 || removed !== undefined) next.#edit = edit;
    return next;
  }

  /** The same key with nothing remembered: a key that it requires has changed. */
  touched(since: number): KeySlot {
    return this.with(UNCHANGED, this.selection, this.marks, since);
  }

  /**
   * Notes the slots that this one's candidates require, as `find` gives them; returns those that are new. It is done
   * once: a slot is replaced whenever one that it requires changes.
   */
  link(find: (domain: string, key: string) => KeySlot | undefined): Iterable<KeySlot> {
    if (this.requiring === 0 || this.#links !== undefined) return [];
    this.#links = new Map();
    for (const { requires } of this.candidates) {
      for (const { domain, key } of requires) {
        const required = find(domain, key);
        if (required !== undefined) this.#links.set(`${domain}/${key}`, required);
      }
    }
    return this.#links.values();
  }

  /** A slot that a candidate requires, once `link` was called; undefined where nothing is registered. */
  linked(domain: string, key: string): KeySlot | undefined {
    return this.#links?.get(`${domain}/${key}`);
  }

  recall(request: NormalRequest): Explanation | undefined {
    return request === PLAIN_REQUEST ? this.#plainExplanation : this.#explanations?.get(requestKey(request));
  }

  remember(request: NormalRequest, explanation: Explanation): void {
    if (request === PLAIN_REQUEST) {
      this.#plainExplanation = explanation;
      return;
    }
    const kept = (this.#explanations ??= new Map());
    if (kept.size >= KEPT_REQUESTS) kept.clear();
    kept.set(requestKey(request), explanation);
  }

  /** No candidate is added twice, nor after it was removed: the order of the edits does not matter. */
  #sort(): readonly Candidate[] {
    const added: Candidate[] = [];
    const removed = new Set<Candidate>();
    let start = this as KeySlot;
    while (start.#sorted === undefined) {
      for (const candidate of start.#edit?.added ?? []) added.push(candidate);
      for (const candidate of start.#edit?.removed ?? []) removed.add(candidate);
      start = start.#base as KeySlot;
    }
    this.#base = undefined;
    this.#edit = undefined;
    const merged = added.length === 0 ? start.#sorted : mergeRanked(start.#sorted, added);
    return removed.size === 0 ? merged : merged.filter((candidate) => !removed.has(candidate));
  }
}

/** Is the candidate in a list in standing order? */
function holds(sorted: readonly Candidate[], candidate: Candidate): boolean {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compareStanding(sorted[middle] as Candidate, candidate) < 0) from = middle + 1;
    else to = middle;
  }
  return sorted[from] === candidate;
}
