import { sep } from 'node:path';

import type { ValueOrigin } from '../decision/value-origin.js';
import { stackPlaces } from '../foundation/source-place.js';

const MODULES = `${sep}node_modules${sep}`;

/**
 * Where a registering call stands in the caller's code. The stack is captured at once; its text, which is the dear
 * part, is made when somebody first asks for the place, and only then: the place is kept.
 */
export class CallSite implements ValueOrigin {
  readonly kind = 'code';
  readonly #root: string;
  /** Apart from this object, because freezing an object with a captured stack makes the text of it. */
  #trace: { readonly stack?: string } | undefined;
  #place: ValueOrigin | undefined;

  /** Captures the frame that called `method` of `callee`. `root` is the folder that files are shown relative to. */
  constructor(callee: object, method: string, root: string) {
    this.#root = root;
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 1;
    const trace = {};
    Error.captureStackTrace(trace, (callee as Record<string, () => unknown>)[method]);
    Error.stackTraceLimit = stackTraceLimit;
    this.#trace = trace;
    Object.freeze(this);
  }

  get file(): string | undefined {
    return this.toJSON().file;
  }

  get line(): number | undefined {
    return this.toJSON().line;
  }

  get column(): number | undefined {
    return this.toJSON().column;
  }

  /** The place itself: accessors of a class would not be written. */
  toJSON(): ValueOrigin {
    if (this.#place === undefined) {
      this.#place = placeOf(this.#trace?.stack, this.#root);
      this.#trace = undefined;
    }
    return this.#place;
  }
}

const GIVEN = Symbol('call site');

/** Options of a write that is made for whoever called at `site`, who is then its author. */
export function onBehalfOf(site: CallSite): object {
  return { [GIVEN]: site };
}

/** For whom a write is made, where its options say so. */
export function siteGivenBy(options: unknown): CallSite | undefined {
  return typeof options === 'object' && options !== null
    ? (options as { readonly [GIVEN]?: CallSite })[GIVEN]
    : undefined;
}

function placeOf(stack: string | undefined, root: string): ValueOrigin {
  const [place] = stackPlaces(stack);
  if (place === undefined) return Object.freeze({ kind: 'code' });
  return Object.freeze({ kind: 'code', ...place, file: shownFile(place.file, root) });
}

/** A file as a report shows it: below the root relative to it, in a package from the package's name on, else its name. */
function shownFile(path: string, root: string): string {
  const modules = path.lastIndexOf(MODULES);
  const shown =
    modules >= 0
      ? path.slice(modules + MODULES.length)
      : path.startsWith(root + sep)
        ? path.slice(root.length + 1)
        : path.slice(path.lastIndexOf(sep) + 1);
  return shown.replaceAll(sep, '/');
}
