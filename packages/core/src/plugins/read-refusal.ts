import { OneiricError } from '../errors/oneiric-error.js';
import { attempt } from '../registry/read-field.js';
import type { InputProblem } from '../registry/registry-errors.js';

/** One problem, in words for half a sentence. */
export interface ToldProblem {
  readonly found: string;
  readonly expected: string;
}

/** What this package refused to take from a plugin while the plugin's own code ran. */
export interface Refusal {
  readonly code: 'ONEIRIC_PLUGIN_DEFINITION_INVALID' | 'ONEIRIC_REGISTRY_CANDIDATE_INVALID';
  readonly problem: ToldProblem;
  /** What the plugin had given as candidates. */
  readonly offered: readonly unknown[];
}

/**
 * What `definePlugin` or `register` refused; undefined where an error is not that. It can come from another version of
 * this package, or from who wants it to look so: what it holds is read with care.
 */
export function readRefusal(error: unknown): Refusal | undefined {
  return attempt(() => {
    if (OneiricError.is(error, 'ONEIRIC_PLUGIN_DEFINITION_INVALID')) {
      const { code, details } = error;
      return { code, problem: tellProblems(details.problems), offered: [...details.offered] };
    }
    if (OneiricError.is(error, 'ONEIRIC_REGISTRY_CANDIDATE_INVALID')) {
      const { code, details } = error;
      return { code, problem: tellProblems(details.problems), offered: [] };
    }
    return undefined;
  });
}

/** The first problem, and how many there are besides. */
export function tellProblems([first, ...others]: readonly InputProblem[]): ToldProblem {
  if (first === undefined) return { found: 'its default export is nothing', expected: 'a plugin' };
  const { path, found, expected } = first;
  const more = others.length === 0 ? '' : ` (and ${String(others.length)} more)`;
  return {
    found: `${path === 'plugin' ? 'its default export' : path} is ${found}`,
    expected: expected + more,
  };
}
