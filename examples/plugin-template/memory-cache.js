/**
 * What the settings have to be, as a Standard Schema: one that zod, valibot or arktype makes will do as well.
 *
 * @type {import('@oneiric/core').CandidateInput<MemoryCache, MemorySettings>['settings']}
 */
export const memorySettings = {
  '~standard': {
    version: 1,
    vendor: 'acme-oneiric-cache',
    validate(value) {
      const { limit = 1000 } = /** @type {Partial<MemorySettings>} */ (value);
      if (Number.isInteger(limit) && limit > 0) return { value: { limit } };
      return { issues: [{ message: 'expected a whole number above 0', path: ['limit'] }] };
    },
  },
};

/** @param {import('@oneiric/core').FactoryContext<MemorySettings>} context */
export function createMemoryCache({ settings }) {
  return new MemoryCache(settings.limit);
}

/** @typedef {{ readonly limit: number }} MemorySettings */

/** Keeps the entries that were written last. */
class MemoryCache {
  /** @type {Map<string, { readonly value: unknown, readonly until: number }>} */
  #entries = new Map();
  #limit;

  /** @param {number} limit */
  constructor(limit) {
    this.#limit = limit;
  }

  /** @param {string} name */
  async get(name) {
    const entry = this.#entries.get(name);
    return entry !== undefined && entry.until > Date.now() ? entry.value : undefined;
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  async set(name, value, ttlMs = Infinity) {
    this.#entries.delete(name);
    this.#entries.set(name, { value, until: Date.now() + ttlMs });
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined && this.#entries.size > this.#limit) this.#entries.delete(oldest);
  }

  health() {
    return this.#entries.size <= this.#limit;
  }

  close() {
    this.#entries.clear();
  }
}
