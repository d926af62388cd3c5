import type { Row } from './row.js';

/** What a child process is asked for, by its arguments: a group, or one of the group's contenders that run apart. */
export interface Assignment {
  readonly group: string;
  readonly contender?: string;
  readonly quick: boolean;
}

/** What it sends back. */
export type Answer =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'sample'; readonly nsPerTurn: number };
