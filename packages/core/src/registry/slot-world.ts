import type { Fallen, KeyFacts, World } from '../decision/question.js';
import { KeySlot } from './key-slot.js';
import type { Platform, StateContext } from './state-context.js';

/** The part of a state that the decision of one key depends on: its slot, and those that it is linked to. */
export class SlotWorld implements World {
  readonly revision: number;
  readonly platform: Platform;
  readonly settled: WeakMap<KeyFacts, Fallen>;
  readonly #slot: KeySlot;

  constructor(slot: KeySlot, revision: number, { platform, settled }: StateContext) {
    this.revision = revision;
    this.platform = platform;
    this.settled = settled;
    this.#slot = slot;
  }

  /** Without `requiredBy` only the slot's own key is known; facts that are no slot are a hypothesis about it. */
  factsOf(domain: string, key: string, requiredBy?: KeyFacts): KeyFacts | undefined {
    if (domain === this.#slot.domain && key === this.#slot.key) return this.#slot;
    if (requiredBy === undefined) return undefined;
    return (requiredBy instanceof KeySlot ? requiredBy : this.#slot).linked(domain, key);
  }

  /** Only where nothing is registered does an explanation look for other names. */
  domains(): readonly never[] {
    return [];
  }

  keysOf(): readonly never[] {
    return [];
  }
}
