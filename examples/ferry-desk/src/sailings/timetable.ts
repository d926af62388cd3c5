import { inject, injectable } from 'inversify';

import { DeskError } from '../booking/desk-error.js';
import { type Sailing, SAILINGS } from './sailing.js';

@injectable()
export class Timetable {
  constructor(@inject(SAILINGS) readonly sailings: readonly Sailing[]) {}

  /** @throws DeskError 404 */
  sailing(id: string): Sailing {
    const sailing = this.sailings.find((each) => each.id === id);
    if (sailing === undefined) throw new DeskError(404, `There is no sailing ${id}.`);
    return sailing;
  }
}
