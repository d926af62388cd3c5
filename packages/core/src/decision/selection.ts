import type { ValueOrigin } from './value-origin.js';

/** The provider that configuration names for a domain and key. */
export interface Selection {
  readonly provider: string;
  /** `pin`: this provider or nothing. `prefer`: falls back to the ranking, and says so. */
  readonly policy: 'pin' | 'prefer';
  readonly origin: ValueOrigin;
}

/** What `select` and the `selections` option take; a string is a pin. */
export type SelectionInput =
  string | { readonly provider: string; readonly policy?: 'pin' | 'prefer'; readonly origin?: ValueOrigin };
