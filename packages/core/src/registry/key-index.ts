import type { Key } from '../foundation/key.js';
import type { KeySlot } from './key-slot.js';

/** The place of one domain and key; what stands there is replaced by each commit that touches the key. */
export interface KeyCell {
  readonly domain: string;
  readonly key: string;
  /** Its index in the state's array of slots; never used again after the cell was removed. */
  readonly id: number;
  /** The published slot; undefined before the first commit that fills it, and after the cell was removed. */
  slot: KeySlot | undefined;
}

/**
 * From names to cells: the mutable side of the registry, which makes a look-up two `Map.get`, or one array access
 * with a typed key. Only the holder of the registry's lock adds or removes cells.
 */
export class KeyIndex {
  readonly #domains = new Map<string, Map<string, KeyCell>>();
  readonly #byKeyId: (KeyCell | undefined)[] = [];
  #nextId = 0;
  #removals = 0;

  /** Rises with every removed cell: a state that is older has to look for removed keys itself. */
  get removals(): number {
    return this.#removals;
  }

  find(domain: string, key: string): KeyCell | undefined {
    return this.#domains.get(domain)?.get(key);
  }

  findKey(key: Key): KeyCell | undefined {
    const known = this.#byKeyId[key.id];
    if (known?.slot !== undefined && known.key === key.key && known.domain === key.domain) return known;
    const cell = this.find(key.domain, key.key);
    if (cell !== undefined && Number.isSafeInteger(key.id) && key.id >= 0) this.#byKeyId[key.id] = cell;
    return cell;
  }

  ensure(domain: string, key: string): KeyCell {
    let keys = this.#domains.get(domain);
    if (keys === undefined) this.#domains.set(domain, (keys = new Map()));
    let cell = keys.get(key);
    if (cell === undefined) keys.set(key, (cell = { domain, key, id: this.#nextId++, slot: undefined }));
    return cell;
  }

  remove(cell: KeyCell): void {
    cell.slot = undefined;
    const keys = this.#domains.get(cell.domain);
    if (keys?.get(cell.key) !== cell) return;
    keys.delete(cell.key);
    if (keys.size === 0) this.#domains.delete(cell.domain);
    this.#removals++;
  }

  *cells(domain?: string): Generator<KeyCell> {
    if (domain !== undefined) yield* this.#domains.get(domain)?.values() ?? [];
    else for (const keys of this.#domains.values()) yield* keys.values();
  }
}
