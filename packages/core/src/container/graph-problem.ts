import type { Scope } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import type { DependencyStep } from '../lifecycle/lifecycle-errors.js';

/** What every problem has: the way to it from a key that was asked for, and its words. */
interface Located {
  /** From what was asked for down to where it goes wrong, with what was found on the way. */
  readonly path: readonly DependencyStep[];
  readonly message: string;
}

/**
 * Something because of which a component cannot be built.
 *
 * `missing`: nothing wins at the end of the path. `cycle`: the path ends where it began. `scope-leak`: the last but one
 * would keep the last beyond its time. `unknown-name`: a selection names a provider that nobody offers.
 */
export type GraphProblem =
  | (Located & {
      readonly kind: 'missing';
      readonly explanation: Explanation;
      /** A name that was probably meant. */
      readonly nearest: string | null;
    })
  | (Located & { readonly kind: 'cycle' })
  | (Located & { readonly kind: 'scope-leak'; readonly holder: Scope; readonly held: Scope })
  | (Located & { readonly kind: 'unknown-name'; readonly name: string; readonly nearest: string | null });
