import { InjectCandidate } from '@oneiric/core/container';
import { inject, injectable } from 'inversify';

import { Timetable } from '../sailings/timetable.js';
import { FareCache } from './fare-cache.js';
import { type Fares, FARES } from './fares.js';

@injectable()
export class FareDesk {
  constructor(
    @inject(Timetable) private readonly timetable: Timetable,
    @inject(FareCache) private readonly quotes: FareCache,
    @InjectCandidate(FARES) private readonly fares: Fares,
  ) {}

  quote(id: string, seats: number): number {
    const sailing = this.timetable.sailing(id);
    return this.quotes.quote(id, seats, () => this.fares.cents(sailing, seats));
  }
}
