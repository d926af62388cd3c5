import type { Candidate } from '../decision/candidate.js';
import { decide } from '../decision/decide.js';
import type { Explanation } from '../decision/explanation.js';
import type { KeyFacts, Question, World } from '../decision/question.js';
import { PLAIN_REQUEST, type NormalRequest } from '../decision/request.js';
import { assertName } from './check-name.js';
import type { KeyCell } from './key-index.js';
import { KeySlot } from './key-slot.js';
import type { PersistentArray } from './persistent-array.js';
import { SlotWorld } from './slot-world.js';
import type { Platform, StateContext } from './state-context.js';
import { tellDecision } from './tell-decision.js';

/**
 * One immutable state of a registry: what is published, what a transaction has so far, what a snapshot holds.
 * Every read is a function of one state, so no read can see half of anything.
 */
export class RegistryState implements World {
  readonly revision: number;
  readonly nextSequence: number;
  readonly slots: PersistentArray<KeySlot>;
  readonly #context: StateContext;
  readonly #removals: number;
  readonly #isDraft: boolean;
  readonly #active = new Map<string | undefined, readonly Candidate[]>();
  readonly #shadowed = new Map<string | undefined, readonly Candidate[]>();
  #byName: Map<string, KeySlot> | undefined;

  constructor(
    context: StateContext,
    revision: number,
    nextSequence: number,
    slots: PersistentArray<KeySlot>,
    isDraft = false,
  ) {
    this.#context = context;
    this.#isDraft = isDraft;
    this.revision = revision;
    this.nextSequence = nextSequence;
    this.slots = slots;
    this.#removals = context.index.removals;
  }

  /** The same slots as the state of a published revision. */
  published(revision: number): RegistryState {
    return new RegistryState(this.#context, revision, this.nextSequence, this.slots);
  }

  /** The next state of a writer, which may never be published. */
  draft(revision: number, nextSequence: number, slots: PersistentArray<KeySlot>): RegistryState {
    return new RegistryState(this.#context, revision, nextSequence, slots, true);
  }

  get platform(): Platform {
    return this.#context.platform;
  }

  slotOf(domain: string, key: string): KeySlot | undefined {
    const cell = this.#context.index.find(domain, key);
    const slot = cell === undefined ? undefined : this.slots.get(cell.id);
    if (slot !== undefined || this.#removals === this.#context.index.removals) return slot;
    return this.#names().get(`${domain}/${key}`);
  }

  /** All slots of a domain, or of all, by name. */
  slotsOf(domain?: string): KeySlot[] {
    const found: KeySlot[] = [];
    if (this.#removals === this.#context.index.removals) {
      for (const cell of this.#context.index.cells(domain)) {
        const slot = this.slots.get(cell.id);
        if (slot !== undefined) found.push(slot);
      }
    } else {
      for (const slot of this.slots.values())
        if (domain === undefined || slot.domain === domain) found.push(slot);
    }
    return found.sort(compareByName);
  }

  resolve(domain: string, key: string, request: NormalRequest): Candidate | undefined {
    const slot = this.slotOf(domain, key);
    return slot === undefined ? undefined : this.#winnerOf(slot, request);
  }

  /** The winner of a cell's plain request, whatever the index knows of the cell today. */
  winnerAt(cell: KeyCell): Candidate | undefined {
    const slot = this.slots.get(cell.id);
    return slot === undefined ? undefined : this.#winnerOf(slot, PLAIN_REQUEST);
  }

  /** The decision, kept by the key's slot until the slot is replaced. */
  explain(domain: string, key: string, request: NormalRequest): Explanation {
    const slot = this.slotOf(domain, key);
    return slot === undefined ? this.#explainNothing(domain, key, request) : this.#explain(slot, request);
  }

  questionOf(domain: string, key: string, request: NormalRequest): Question {
    const slot = this.slotOf(domain, key);
    if (slot === undefined) return { facts: KeySlot.empty({ domain, key }), request, world: this };
    return { facts: slot, request, world: this.#worldOf(slot) };
  }

  active(domain: string | undefined): readonly Candidate[] {
    return (
      this.#active.get(domain) ??
      this.#list(this.#active, domain, (slot) => this.#winnerOf(slot, PLAIN_REQUEST) ?? [])
    );
  }

  shadowed(domain: string | undefined): readonly Candidate[] {
    return (
      this.#shadowed.get(domain) ??
      this.#list(this.#shadowed, domain, (slot) => this.#explain(slot, PLAIN_REQUEST).shadowed)
    );
  }

  factsOf(domain: string, key: string): KeyFacts | undefined {
    return this.slotOf(domain, key);
  }

  *domains(): Generator<string> {
    const seen = new Set<string>();
    for (const slot of this.slotsOf()) {
      if (!seen.has(slot.domain)) yield slot.domain;
      seen.add(slot.domain);
    }
  }

  *keysOf(domain: string): Generator<string> {
    for (const slot of this.slotsOf(domain)) yield slot.key;
  }

  #winnerOf(slot: KeySlot, request: NormalRequest): Candidate | undefined {
    const winner = this.#explain(slot, request).winner ?? undefined;
    if (request === PLAIN_REQUEST) this.#context.index.decided(slot, winner);
    return winner;
  }

  #explain(slot: KeySlot, request: NormalRequest): Explanation {
    const known = slot.recall(request);
    if (known !== undefined) return known;
    const explanation = decide({ facts: slot, request, world: this.#worldOf(slot) });
    // A slot that is shared with the published state must not tell of a revision that may never be, and where
    // nothing is registered the explanation names what else there is, which may change at any time.
    const isLasting = !this.#isDraft || slot.since === this.revision;
    if (isLasting && slot.size > 0) slot.remember(request, explanation);
    this.#tell(explanation);
    return explanation;
  }

  #explainNothing(domain: string, key: string, request: NormalRequest): Explanation {
    const explanation = decide(this.questionOf(domain, key, request));
    this.#tell(explanation);
    return explanation;
  }

  /** What a transaction that is still open decides may never have been. */
  #tell(explanation: Explanation): void {
    if (!this.#isDraft) tellDecision(this.#context.registry, explanation);
  }

  /**
   * What a kept explanation may hold on to: only the facts of its key and of those that it requires, directly or not.
   * Holding the state itself would keep old versions of every other key alive.
   */
  #worldOf(slot: KeySlot): World {
    if (slot.size === 0) return this;
    if (slot.requiring > 0) this.#link(slot);
    return new SlotWorld(slot, this.revision, this.#context);
  }

  /** Ties the slot to those that it requires, and these to theirs; each slot once, whoever asks. */
  #link(slot: KeySlot): void {
    const waiting = [slot];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const required of next.link((domain, key) => this.slotOf(domain, key))) waiting.push(required);
    }
  }

  /** Makes a list and keeps it; a domain that has one was checked when it was made. */
  #list(
    kept: Map<string | undefined, readonly Candidate[]>,
    domain: string | undefined,
    of: (slot: KeySlot) => Candidate | readonly Candidate[],
  ): readonly Candidate[] {
    if (domain !== undefined) assertName('domain', domain);
    const slots = this.slotsOf(domain);
    const list = Object.freeze(slots.flatMap(of));
    if (slots.length > 0) kept.set(domain, list);
    return list;
  }

  #names(): Map<string, KeySlot> {
    return (this.#byName ??= new Map(
      [...this.slots.values()].map((slot) => [`${slot.domain}/${slot.key}`, slot]),
    ));
  }
}

function compareByName(a: KeySlot, b: KeySlot): number {
  if (a.domain !== b.domain) return a.domain < b.domain ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
