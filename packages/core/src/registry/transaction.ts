import type { LockFrame } from '../concurrency/lock-frame.js';
import { createError } from '../errors/oneiric-error.js';
import { REGISTRY_ERRORS } from './registry-errors.js';
import type { Version } from './version.js';

/**
 * What a transaction has so far: a layer over the version it started from, held on its section of the lock. Calls
 * made in that section's context write into it and read from it; nobody else sees it before it commits.
 */
export class Transaction {
  readonly frame: LockFrame;
  readonly version: Version;
  readonly parent: Transaction | undefined;
  #open = true;

  constructor(frame: LockFrame, version: Version, parent: Transaction | undefined) {
    this.frame = frame;
    this.version = version;
    this.parent = parent;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  close(): void {
    this.#open = false;
  }

  /**
   * Throws where a write would join a transaction whose work has settled, or one nested in such: it was rolled back
   * because of the very section that wants to write.
   */
  assertJoinable(): void {
    if (!this.isOpen)
      throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_TX_CHILD_ACTIVE', { role: 'child' });
    this.parent?.assertJoinable();
  }
}
