import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { ValueOrigin } from '../decision/value-origin.js';

const FRAME = /\(?((?:file:\/\/)?[^()\s]+):(\d+):(\d+)\)?$/;
const MODULES = `${sep}node_modules${sep}`;

/**
 * Where a registering call stands in the caller's code. The stack is captured at once, its text is made only when
 * somebody asks for the place, because that is the dear part.
 */
export class CallSite implements ValueOrigin {
  readonly kind = 'code';
  declare readonly stack: string;
  readonly #root: string;

  /** Captures the frame that called `entry`. `root` is the folder that files are shown relative to. */
  constructor(entry: (...values: never[]) => unknown, root: string) {
    this.#root = root;
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 1;
    Error.captureStackTrace(this, entry);
    Error.stackTraceLimit = stackTraceLimit;
    Object.defineProperty(this, 'stack', { enumerable: false });
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
    const line = String(this.stack).split('\n').at(-1)?.trim() ?? '';
    return line.startsWith('at ') ? (FRAME.exec(line) ?? undefined) : undefined;
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
