/**
 * One change to the world of a question, for *what if*.
 * A change of a provider's numbers concerns all of its candidates, or the one with that registration number.
 */
export type Change =
  | {
      readonly change: 'priority' | 'stackLevel';
      readonly provider: string;
      readonly registration?: number;
      readonly to: number;
    }
  | { readonly change: 'selection'; /** Null: no selection. */ readonly to: string | null }
  | { readonly change: 'without'; readonly provider: string };

/** A change that, made alone, makes one loser win. */
export type WinsIf =
  | { readonly change: 'priority' | 'stackLevel'; readonly to: number }
  | { readonly change: 'selection'; readonly to: string }
  | { readonly change: 'without'; readonly providers: readonly [string] };

/** The bounds of a candidate's numbers. */
export const BOUNDS = Object.freeze({
  priority: Object.freeze({ min: -1000, max: 1000 }),
  stackLevel: Object.freeze({ min: -100, max: 100 }),
});
