import type { CandidateRegistry } from '../registry/candidate-registry.js';

/** One decision of a key, and what it replaced. */
export interface DecisionRecord {
  readonly revision: number;
  readonly previous: string | null;
  readonly winner: string | null;
}

const PER_KEY = 20;

/** The last decisions for each key. */
export class DecisionHistory implements Disposable {
  readonly #records = new Map<string, DecisionRecord[]>();
  readonly #subscription: Disposable;

  constructor(registry: CandidateRegistry) {
    this.#subscription = registry.on('decision-changed', ({ revision, decisions }) => {
      for (const { domain, key, previous, winner } of decisions) {
        const name = `${domain}/${key}`;
        const records = this.#records.get(name) ?? [];
        records.unshift({
          revision,
          previous: previous?.provider ?? null,
          winner: winner?.provider ?? null,
        });
        this.#records.set(name, records.slice(0, PER_KEY));
      }
    });
  }

  /** The newest first. */
  of(domain: string, key: string): readonly DecisionRecord[] {
    return this.#records.get(`${domain}/${key}`) ?? [];
  }

  [Symbol.dispose](): void {
    this.#subscription[Symbol.dispose]();
  }
}
