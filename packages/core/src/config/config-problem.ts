import type { ValueOrigin } from '../decision/value-origin.js';

/** One line of a file that has a problem. */
export interface SourceLine {
  readonly number: number;
  readonly text: string;
}

/** One thing wrong in a configuration: where, what was found, what would be right. */
export interface ConfigProblem {
  /** `selections.adapter.cache`; empty for the whole. */
  readonly path: string;
  /** The layer that holds it: file, line and column, or the environment variable or flag. */
  readonly origin: ValueOrigin;
  readonly found: string;
  readonly expected: string;
  /** The known name that was probably meant. */
  readonly nearest?: string;
  /** The line with the problem, after the one before it; empty where the layer has no lines. */
  readonly excerpt: readonly SourceLine[];
}

/** `oneiric.config.yaml:4:12`, `environment variable ONEIRIC_SELECTIONS`, `--select`. */
export function formatPlace(origin: ValueOrigin): string {
  if (origin.variable !== undefined) return `environment variable ${origin.variable}`;
  if (origin.flag !== undefined) return origin.flag;
  const { file = 'the configuration', line, column } = origin;
  if (line === undefined) return file;
  return column === undefined ? `${file}:${String(line)}` : `${file}:${String(line)}:${String(column)}`;
}

/** One problem on one line. */
export function formatProblem(problem: ConfigProblem): string {
  const { path, origin, found, expected, nearest } = problem;
  const where = path === '' ? formatPlace(origin) : `${formatPlace(origin)} ${path}`;
  const meant = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return `${where}: found ${found}; expected ${expected}.${meant}`;
}
