import { inject, injectable } from 'inversify';

import { Timetable } from '../../sailings/timetable.js';
import { type Answer, json, type Route } from '../route.js';

@injectable()
export class ListSailings implements Route {
  readonly pattern = 'GET /sailings';

  constructor(@inject(Timetable) private readonly timetable: Timetable) {}

  async handle(): Promise<Answer> {
    return json(200, this.timetable.sailings);
  }
}
