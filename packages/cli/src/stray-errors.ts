/** What a plugin has begun and nobody awaits failed with. */
export interface StrayError {
  readonly package: string;
  readonly error: unknown;
}

/** The first stray error of each plugin: they end no command, since a broken plugin harms nobody. */
export class StrayErrors {
  readonly #first = new Map<string, StrayError>();
  readonly #listeners = new Set<(stray: StrayError) => void>();

  add(stray: StrayError): void {
    if (this.#first.has(stray.package)) return;
    this.#first.set(stray.package, stray);
    for (const listener of this.#listeners) listener(stray);
  }

  /** By package, as they come in no order. */
  all(): readonly StrayError[] {
    return [...this.#first.values()].sort((a, b) => (a.package < b.package ? -1 : 1));
  }

  /** Calls the listener with each, from now on; with those that are there already, at once. */
  listen(listener: (stray: StrayError) => void): void {
    for (const stray of this.#first.values()) listener(stray);
    this.#listeners.add(listener);
  }
}
