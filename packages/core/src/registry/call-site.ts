import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ValueOrigin } from '../decision/value-origin.js';

const FRAME = /\(?((?:file:\/\/)?[^()\s]+):(\d+):(\d+)\)?$/;
const MODULES = `${sep}node_modules${sep}`;

/**
 * Where a registering call stands in the caller's code. The stack is captured at once; its text, which is the dear
 * part, is made only when somebody asks for the place.
 */
export class CallSite implements ValueOrigin {
  readonly kind = 'code';
  readonly #root: string;
  /** Apart from this object, because freezing an object with a captured stack makes the text of it. */
  readonly #trace: { readonly stack?: string } = {};

  /** Captures the frame that called `entry`. `root` is the folder that files are shown relative to. */
  constructor(entry: (...values: never[]) => unknown, root: string) {
    this.#root = root;
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 1;
    Error.captureStackTrace(this.#trace, entry);
    Error.stackTraceLimit = stackTraceLimit;
    Object.freeze(this);
  }

  get file(): string | undefined {
    const file = this.#frame()?.[1];
    return file === undefined ? undefined : shownFile(file, this.#root);
  }

  get line(): number | undefined {
    return numberOf(this.#frame()?.[2]);
  }

  get column(): number | undefined {
    return numberOf(this.#frame()?.[3]);
  }

  /** The place itself: accessors of a class would not be written. */
  toJSON(): ValueOrigin {
    const { kind, file, line, column } = this;
    return { kind, file, line, column };
  }

  #frame(): RegExpExecArray | undefined {
    const lines = String(this.#trace.stack).split('\n');
    const line = lines.map((text) => text.trim()).find((text) => text.startsWith('at '));
    return line === undefined ? undefined : (FRAME.exec(line) ?? undefined);
  }
}

/** A file as a report shows it: below the root relative to it, in a package from the package's name on, else its name. */
function shownFile(location: string, root: string): string | undefined {
  if (location.startsWith('node:')) return undefined;
  const path = location.startsWith('file:') ? fileURLToPath(location) : location;
  const modules = path.lastIndexOf(MODULES);
  const shown =
    modules >= 0
      ? path.slice(modules + MODULES.length)
      : path.startsWith(root + sep)
        ? path.slice(root.length + 1)
        : path.slice(path.lastIndexOf(sep) + 1);
  return shown.replaceAll(sep, '/');
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
