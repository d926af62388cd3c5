import type { Candidate } from '../decision/candidate.js';
import type { Key } from '../foundation/key.js';
import { isDefinedKey } from './define-key.js';
import type { KeySlot } from './key-slot.js';

/** Stands for a winner that nobody has asked for yet. */
export const UNDECIDED: unique symbol = Symbol('undecided');

/** The place of one domain and key; what stands there is replaced by each commit that touches the key. */
export interface KeyCell {
  readonly domain: string;
  readonly key: string;
  /** Its index in the state's array of slots; never used again after the cell was removed. */
  readonly id: number;
  /** The published slot; undefined before the first commit that fills it, and after the cell was removed. */
  slot: KeySlot | undefined;
  /** Who wins the plain request in the published slot, once it was asked: all that a repeated `resolve` has to read. */
  winner: Candidate | undefined | typeof UNDECIDED;
  /** The typed key that has found this cell before. */
  typedKey: Key | undefined;
}

const NO_KEYS: ReadonlyMap<string, KeyCell> = new Map();

/**
 * From names to cells: the mutable side of the registry, which makes a look-up two `Map.get`, or one array access
 * with a typed key. Only the holder of the registry's lock adds or removes cells.
 */
export class KeyIndex {
  readonly #domains = new Map<string, Map<string, KeyCell>>();
  readonly #byKeyId: (KeyCell | undefined)[] = [];
  /** The domain that was asked last and its keys: most questions are about the same domain as the one before. */
  #lastDomain: string | undefined;
  #lastKeys: ReadonlyMap<string, KeyCell> = NO_KEYS;
  #nextId = 0;
  #removals = 0;

  /** Rises with every removed cell: a state that is older has to look for removed keys itself. */
  get removals(): number {
    return this.#removals;
  }

  find(domain: string, key: string): KeyCell | undefined {
    if (domain !== this.#lastDomain) {
      const keys = this.#domains.get(domain);
      if (keys === undefined) return undefined;
      this.#lastDomain = domain;
      this.#lastKeys = keys;
    }
    return this.#lastKeys.get(key);
  }

  findKey(key: Key): KeyCell | undefined {
    const known = this.#byKeyId[key.id];
    if (known !== undefined && known.typedKey === key) return known;
    const cell = this.find(key.domain, key.key);
    if (cell !== undefined && isDefinedKey(key)) this.#remember(key, cell);
    return cell;
  }

  ensure(domain: string, key: string): KeyCell {
    let keys = this.#domains.get(domain);
    if (keys === undefined) this.#domains.set(domain, (keys = new Map<string, KeyCell>()));
    let cell = keys.get(key);
    if (cell === undefined) {
      const id = this.#nextId++;
      keys.set(key, (cell = { domain, key, id, slot: undefined, winner: UNDECIDED, typedKey: undefined }));
    }
    return cell;
  }

  publish(cell: KeyCell, slot: KeySlot): void {
    cell.slot = slot;
    cell.winner = UNDECIDED;
  }

  /** Keeps the winner of a slot's plain request, if the slot is the published one. */
  decided(slot: KeySlot, winner: Candidate | undefined): void {
    const cell = this.find(slot.domain, slot.key);
    if (cell?.slot === slot) cell.winner = winner;
  }

  remove(cell: KeyCell): void {
    cell.slot = undefined;
    cell.winner = UNDECIDED;
    cell.typedKey = undefined;
    const keys = this.#domains.get(cell.domain);
    if (keys?.get(cell.key) !== cell) return;
    keys.delete(cell.key);
    if (keys.size === 0) {
      this.#domains.delete(cell.domain);
      this.#lastDomain = undefined;
      this.#lastKeys = NO_KEYS;
    }
    this.#removals++;
  }

  *cells(domain?: string): Generator<KeyCell> {
    if (domain !== undefined) yield* this.#domains.get(domain)?.values() ?? [];
    else for (const keys of this.#domains.values()) yield* keys.values();
  }

  /** Grows the array without holes: with large ones it would turn into a dictionary. */
  #remember(key: Key, cell: KeyCell): void {
    while (this.#byKeyId.length < key.id) this.#byKeyId.push(undefined);
    this.#byKeyId[key.id] = cell;
    cell.typedKey = key;
  }
}
