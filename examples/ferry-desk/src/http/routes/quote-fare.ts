import { inject, injectable } from 'inversify';

import { FareDesk } from '../../fares/fare-desk.js';
import { type Answer, type Asked, json, type Route } from '../route.js';

@injectable()
export class QuoteFare implements Route {
  readonly pattern = 'GET /sailings/:id/fare';

  constructor(@inject(FareDesk) private readonly fares: FareDesk) {}

  async handle({ id, query }: Asked): Promise<Answer> {
    return json(200, { cents: this.fares.quote(id, Number(query.get('seats'))) });
  }
}
