import type { Contenders } from './contender.js';
import type { Pace } from './pace.js';
import type { Row } from './row.js';

/** Rows that are measured in one process of their own: a fresh heap, and code that has seen nothing else. */
export interface Group {
  readonly name: string;
  /** Contenders that must not share a process with others; see `measureApart`. */
  readonly apart?: Contenders;
  run(pace: Pace): Promise<readonly Row[]>;
}
