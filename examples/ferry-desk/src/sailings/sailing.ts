/** One ferry at one time. */
export interface Sailing {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly seats: number;
  readonly centsPerSeat: number;
  readonly isOpen: boolean;
}

/** The application's own binding for the sailings that it sells. */
export const SAILINGS = Symbol('sailings');
