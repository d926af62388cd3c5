import type { Candidate } from '../decision/candidate.js';
import type { Registration } from './registration.js';

/** What a registering call gives back. `unregister` is bound: it may be taken out of the receipt. */
export class Receipt implements Registration {
  readonly candidate: Candidate;
  readonly replaced: Candidate | undefined;
  readonly unregister: () => Promise<boolean>;

  constructor(candidate: Candidate, replaced: Candidate | undefined, unregister: () => Promise<boolean>) {
    this.candidate = candidate;
    this.replaced = replaced;
    this.unregister = unregister;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.unregister();
  }
}
