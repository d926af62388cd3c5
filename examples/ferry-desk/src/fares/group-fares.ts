import { Provides } from '@oneiric/core/container';
import { inject, injectable } from 'inversify';

import type { Sailing } from '../sailings/sailing.js';
import { type Fares, FARES } from './fares.js';
import { GroupDiscount } from './group-discount.js';

/** Groups pay less. It wins over the flat fares, and is given a class of the application. */
@Provides({ ...FARES, provider: 'group', priority: 10 })
@injectable()
export class GroupFares implements Fares {
  constructor(@inject(GroupDiscount) private readonly discount: GroupDiscount) {}

  cents({ centsPerSeat }: Sailing, seats: number): number {
    return Math.round(centsPerSeat * seats * (1 - this.discount.of(seats)));
  }
}
