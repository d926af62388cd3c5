/**
 * Values by group and name, for the writer only: a layer of changes over a base that stays as it is until the layer
 * is merged into it. A transaction works on a layer, a savepoint on a layer over that; dropping a layer undoes it.
 */
export class LayeredIndex<V extends object> {
  readonly #base: LayeredIndex<V> | undefined;
  readonly #groups = new Map<string, Map<string, V | undefined>>();

  constructor(base?: LayeredIndex<V>) {
    this.#base = base;
  }

  get(group: string, name: string): V | undefined {
    const own = this.#groups.get(group);
    const value = own?.get(name);
    if (value !== undefined || this.#base === undefined || own?.has(name) === true) return value;
    return this.#base.get(group, name);
  }

  /** Sets the value, or removes it where it is undefined. */
  set(group: string, name: string, value: V | undefined): void {
    let own = this.#groups.get(group);
    if (value === undefined && this.#base === undefined) {
      own?.delete(name);
      if (own?.size === 0) this.#groups.delete(group);
      return;
    }
    if (own === undefined) {
      own = new Map<string, V | undefined>();
      this.#groups.set(group, own);
    }
    own.set(name, value);
  }

  values(group: string): V[] {
    return [...this.#entries(group).values()].filter((value) => value !== undefined);
  }

  /** Puts the changes into the base. The layer is not used after that. */
  merge(): void {
    for (const [group, own] of this.#groups) {
      for (const [name, value] of own) this.#base?.set(group, name, value);
    }
  }

  #entries(group: string): Map<string, V | undefined> {
    const own = this.#groups.get(group);
    if (this.#base === undefined) return new Map(own);
    const entries = this.#base.#entries(group);
    for (const [name, value] of own ?? []) entries.set(name, value);
    return entries;
  }
}
