import { injectable } from 'inversify';

@injectable()
export class BookingNumbers {
  #last = 0;

  next(): string {
    return `B${String(++this.#last).padStart(6, '0')}`;
  }
}
