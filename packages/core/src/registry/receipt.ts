import type { Candidate } from '../decision/candidate.js';
import type { Registration } from './registration.js';

/** What a registering call gives back. */
export class Receipt implements Registration {
  readonly candidate: Candidate;
  readonly replaced: Candidate | undefined;
  readonly #unregister: (candidate: Candidate) => Promise<boolean>;
  #bound: (() => Promise<boolean>) | undefined;

  constructor(
    candidate: Candidate,
    replaced: Candidate | undefined,
    unregister: (candidate: Candidate) => Promise<boolean>,
  ) {
    this.candidate = candidate;
    this.replaced = replaced;
    this.#unregister = unregister;
  }

  /** Bound when it is first looked at: of many receipts few ever are. */
  get unregister(): () => Promise<boolean> {
    return (this.#bound ??= () => this.#unregister(this.candidate));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.unregister();
  }
}
