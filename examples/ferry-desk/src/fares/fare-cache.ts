import { InjectCandidate } from '@oneiric/core/container';
import { injectable } from 'inversify';

import { type Cache, CACHE } from '../adapters/cache/cache.js';

/** Remembers quotes. What the cache has forgotten, also by a swap, is worked out again. */
@injectable()
export class FareCache {
  constructor(@InjectCandidate(CACHE) private readonly cache: Cache) {}

  quote(sailing: string, seats: number, work: () => number): number {
    const name = `${sailing} ${seats}`;
    const known = this.cache.get(name);
    if (known !== undefined) return Number(known);
    const cents = work();
    this.cache.set(name, String(cents));
    return cents;
  }
}
