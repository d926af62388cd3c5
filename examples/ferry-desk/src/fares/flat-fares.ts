import { Provides } from '@oneiric/core/container';
import { injectable } from 'inversify';

import type { Sailing } from '../sailings/sailing.js';
import { type Fares, FARES } from './fares.js';

/** Every seat costs the same. */
@Provides({ ...FARES, provider: 'flat' })
@injectable()
export class FlatFares implements Fares {
  cents({ centsPerSeat }: Sailing, seats: number): number {
    return centsPerSeat * seats;
  }
}
