/** Keeps the entries that were used last, each for as long as it was given. */
export class LruCache {
  #entries = new Map();
  #limit;
  #onClose;

  constructor(limit, onClose) {
    this.#limit = limit;
    this.#onClose = onClose;
  }

  async get(name) {
    const entry = this.#entries.get(name);
    if (entry === undefined || entry.until <= Date.now()) return undefined;
    this.#entries.delete(name);
    this.#entries.set(name, entry);
    return entry.value;
  }

  async set(name, value, ttlMs = Infinity) {
    this.#entries.delete(name);
    this.#entries.set(name, { value, until: Date.now() + ttlMs });
    if (this.#entries.size > this.#limit) this.#entries.delete(this.#entries.keys().next().value);
  }

  /** Forgets what is out of date. */
  sweep() {
    for (const [name, { until }] of this.#entries) if (until <= Date.now()) this.#entries.delete(name);
  }

  health() {
    return this.#entries.size <= this.#limit;
  }

  close() {
    this.#entries.clear();
    this.#onClose();
  }
}
