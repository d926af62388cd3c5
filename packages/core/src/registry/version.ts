import type { Candidate } from '../decision/candidate.js';
import type { KeyCell, KeyIndex } from './key-index.js';
import type { KeySlot } from './key-slot.js';
import { LayeredIndex } from './layered-index.js';
import type { RankingDefaults } from './ranking-defaults.js';
import type { RegistryChange } from './registry-change.js';
import type { RegistryState } from './registry-state.js';
import type { StateContext } from './state-context.js';

/**
 * A version that a writer works on: an immutable state for the readers, and what only a writer has to find. The
 * published version is the root; a transaction is a layer over it, a savepoint a layer over that. A layer that is
 * dropped leaves no trace.
 */
export class Version {
  state: RegistryState;
  /** What each source has registered: by source identity, then by key and provider. */
  readonly members: LayeredIndex<Candidate>;
  /** Which keys require a key: by the required key's name, then by the requiring candidate. */
  readonly requirers: LayeredIndex<KeyCell>;
  readonly changes: RegistryChange[] = [];
  /** What ranks candidates without a priority of their own. */
  defaults: RankingDefaults;
  /** The slots that this layer has and its base has not. */
  readonly slots = new Map<KeyCell, KeySlot>();
  readonly #context: StateContext;
  /** The revision that the layer's states are for: the one that they will be published as. */
  readonly revision: number;
  readonly #isRoot: boolean;
  readonly #created: KeyCell[] = [];

  constructor(context: StateContext, state: RegistryState, defaults: RankingDefaults, base?: Version) {
    this.#context = context;
    this.#isRoot = base === undefined;
    this.revision = base === undefined ? state.revision : base.#nextRevision;
    this.state = state;
    this.defaults = defaults;
    this.members = new LayeredIndex(base?.members);
    this.requirers = new LayeredIndex(base?.requirers);
  }

  get #nextRevision(): number {
    return this.#isRoot ? this.state.revision + 1 : this.revision;
  }

  get #index(): KeyIndex {
    return this.#context.index;
  }

  layer(): Version {
    return new Version(this.#context, this.state, this.defaults, this);
  }

  find(domain: string, key: string): KeyCell | undefined {
    return this.#index.find(domain, key);
  }

  cellFor(domain: string, key: string): KeyCell {
    const known = this.#index.find(domain, key);
    if (known !== undefined) return known;
    const cell = this.#index.ensure(domain, key);
    this.#created.push(cell);
    return cell;
  }

  slotAt(cell: KeyCell): KeySlot | undefined {
    return this.state.slots.get(cell.id);
  }

  put(cell: KeyCell, slot: KeySlot): void {
    this.slots.set(cell, slot);
  }

  /** Notes whether a candidate of `cell` requires the keys that it names. */
  setRequiring(cell: KeyCell, { requires, sequence }: Candidate, isRequiring: boolean): void {
    for (const { domain, key } of requires) {
      this.requirers.set(`${domain}/${key}`, `${cell.id}/${sequence}`, isRequiring ? cell : undefined);
    }
  }

  /** Makes the state of all that was put. */
  seal(nextSequence: number, changes: readonly RegistryChange[]): void {
    this.#touchRequirers();
    const edits = new Map<number, KeySlot | undefined>();
    for (const [cell, slot] of this.slots) edits.set(cell.id, slot.isEmpty ? undefined : slot);
    this.state = this.state.draft(this.revision, nextSequence, this.state.slots.with(edits));
    for (const change of changes) this.changes.push(change);
  }

  /** Takes over all that a layer over this version has done. */
  absorb(layer: Version): void {
    this.state = layer.state;
    this.defaults = layer.defaults;
    layer.members.merge();
    layer.requirers.merge();
    for (const [cell, slot] of layer.slots) this.slots.set(cell, slot);
    for (const change of layer.changes) this.changes.push(change);
    for (const cell of layer.#created) this.#created.push(cell);
  }

  /** Undoes this layer. */
  drop(): void {
    for (const cell of this.#created) if (cell.slot === undefined) this.#index.remove(cell);
  }

  /**
   * A key's decision depends on the keys that its candidates require. Whatever changes, the keys that require it,
   * directly or not, get a fresh slot, so that nothing they remember outlives what it was made from.
   */
  #touchRequirers(): void {
    const waiting = [...this.slots.keys()];
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
      for (const requirer of this.requirers.values(`${cell.domain}/${cell.key}`)) {
        const slot = this.slots.has(requirer) ? undefined : this.slotAt(requirer);
        if (slot === undefined) continue;
        this.slots.set(requirer, slot.touched(this.revision));
        waiting.push(requirer);
      }
    }
  }
}
