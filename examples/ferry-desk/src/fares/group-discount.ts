import { inject, injectable } from 'inversify';

/** From how many seats a group is one. */
export const GROUP_FROM = Symbol('group from');

@injectable()
export class GroupDiscount {
  constructor(@inject(GROUP_FROM) private readonly from: number) {}

  /** 0…1 */
  of(seats: number): number {
    return seats >= this.from ? 0.1 : 0;
  }
}
