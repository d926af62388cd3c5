import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import { describeValue } from '../foundation/describe-value.js';
import { parseFactoryReference } from './factory-reference.js';
import { locateReference } from './locate-reference.js';
import type { LocatedFile } from './located-file.js';
import { type PinnedFile, readPinnedFile } from './pinned-file.js';
import { type ReadExport, readExport } from './read-export.js';
import { redactText } from './redact.js';
import { REFERENCE_ERRORS } from './reference-errors.js';
import { assertOptions, LOAD_OPTIONS, LOADER_OPTIONS } from './reference-options.js';
import { canPin, knownModule, type RunModule, runModule } from './run-module.js';
import { untilAborted } from './until-aborted.js';

export interface ReferenceLoaderOptions {
  /** Absolute. */
  readonly projectDir: string;
  /**
   * The packages that code may be loaded from, compared exactly. Default: the project's direct dependencies of all four
   * kinds. The project itself, by its own name, is always one of them.
   */
  readonly packages?: readonly string[];
  /** The largest module that is read, in bytes. Default: 16,777,216. */
  readonly maxBytes?: number;
}

/** A package as the place that a reference is written in. */
export interface PackageScope {
  readonly package: string;
  /** Absolute; where it is reached through a link, the folder that the link leads to is what may not be left. */
  readonly folder: string;
}

export interface LocateOptions {
  /** `./x.js#y` counts from this package and may not leave it; the package itself is allowed. Default: the project. */
  readonly within?: PackageScope;
}

export interface LoadOptions extends LocateOptions {
  /** Ends the wait, with its reason; a module that has begun to run goes on. */
  readonly signal?: AbortSignal;
  /** `sha256-` and base64url: what the bytes that run must have. */
  readonly digest?: string;
  /**
   * Runs the module anew, for a reload in development, once for each number and folder: with it what it imports from its
   * own package or project, but no other package. Node never gives up the memory of a module, so every generation costs
   * that of all modules in it until the process ends.
   */
  readonly generation?: number;
}

export interface LoadedReference {
  /** What is exported, whatever that is. */
  readonly value: unknown;
  /** Absolute, without links. */
  readonly file: string;
  /**
   * `sha256-` and base64url: of the bytes that were checked, which are those that ran, unless the application had
   * imported the module itself before. Where `digest` is asked for, it is of those that ran.
   */
  readonly digest: string;
}

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Loads what a text refers to, `package/path#export` or `./file.js#export`: the only way by which code enters from a
 * string.
 *
 * The file that a reference leads to is inside the project or an allowed package, also where links are followed. It is
 * opened once; what is open is checked, read and hashed, and exactly those bytes run, whatever becomes of the file
 * meanwhile. They run as the module that `import` and `require` give as well.
 *
 * Not promised: that what such a module imports itself is inside, as Node follows its imports; and where `import()` is
 * not Node's own (in jest), or the application registers a hook for modules later that answers in the place of this one,
 * that the bytes which run are those that were checked. The former refuses a `digest`. TypeScript runs through jiti, and
 * is not the same module as one that Node itself runs.
 */
export class ReferenceLoader {
  readonly projectDir: string;
  readonly #packages: readonly string[] | undefined;
  readonly #maxBytes: number;

  /** @throws `ONEIRIC_REFERENCE_OPTION_INVALID` */
  constructor(options: ReferenceLoaderOptions) {
    assertOptions(options, LOADER_OPTIONS);
    const { projectDir, packages, maxBytes = MAX_BYTES } = options;
    this.projectDir = projectDir;
    this.#packages = packages;
    this.#maxBytes = maxBytes;
  }

  /**
   * Where a reference leads to. Nothing is run, and nothing of the file is read.
   *
   * @throws `ONEIRIC_REFERENCE_REFUSED` for its text, `ONEIRIC_REFERENCE_NOT_ALLOWED`, `ONEIRIC_REFERENCE_NOT_FOUND`,
   *   `ONEIRIC_REFERENCE_ESCAPES`, `ONEIRIC_REFERENCE_FILE_INVALID` for a format that is not known,
   *   `ONEIRIC_REFERENCE_OPTION_INVALID`
   */
  async locate(reference: string, options: LocateOptions = {}): Promise<LocatedFile> {
    assertOptions(options, LOAD_OPTIONS);
    const { projectDir } = this;
    return locateReference(reference, { projectDir, packages: this.#packages, within: options.within });
  }

  /**
   * The export that a reference names. A module runs once; whoever asks for it again gets the same one.
   *
   * @throws what `locate` throws; `ONEIRIC_REFERENCE_FILE_INVALID`, `ONEIRIC_REFERENCE_CHANGED`,
   *   `ONEIRIC_REFERENCE_DIGEST` before anything runs; `ONEIRIC_REFERENCE_FAILED` for what the module throws, which
   *   stays so for its generation; `ONEIRIC_REFERENCE_EXPORT`; and the reason of `signal`
   */
  async load(reference: string, options: LoadOptions = {}): Promise<LoadedReference> {
    assertOptions(options, LOAD_OPTIONS);
    const { signal } = options;
    signal?.throwIfAborted();
    return untilAborted(this.#load(reference, options), signal);
  }

  async #load(reference: string, options: LoadOptions): Promise<LoadedReference> {
    const { digest, generation, signal } = options;
    const { exportName } = parseFactoryReference(reference);
    const located = await this.locate(reference, options);
    const { file, name, root } = located;
    const subject = { reference: describeValue(reference), file: name };
    if (digest !== undefined && !(await canPin())) throw wrongDigest(subject, digest, NOT_PINNED);
    let running = knownModule(located, generation);
    if (running === undefined) {
      const pinned = await this.#read(located, subject);
      if (digest !== undefined && digest !== pinned.digest) throw wrongDigest(subject, digest, pinned.digest);
      signal?.throwIfAborted();
      running = runModule(located, pinned, generation);
    }
    const module = await running.catch((error: unknown) => {
      throw failed(subject, error, root);
    });
    if (digest !== undefined && !(module.isPinned && module.digest === digest)) {
      throw wrongDigest(subject, digest, module.isPinned ? module.digest : LOADED_BEFORE);
    }
    return { value: exportOf(module, exportName, subject, root), file, digest: module.digest };
  }

  async #read({ file }: LocatedFile, subject: Subject): Promise<PinnedFile> {
    const read = await readPinnedFile(file, this.#maxBytes);
    if (!('kind' in read)) return read;
    if (read.kind === 'changed') throw createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_CHANGED', subject);
    const { found, expected } = read;
    throw createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_FILE_INVALID', { ...subject, found, expected });
  }
}

/** Which reference, and the file that it led to. */
interface Subject {
  readonly reference: string;
  readonly file: string;
}

const NOT_PINNED = 'not known, because import() is not the one of Node here and may read the file again';
const LOADED_BEFORE = 'not known, because something else had loaded the module before';

function wrongDigest(subject: Subject, expected: string, found: string): OneiricError {
  return createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_DIGEST', { ...subject, expected, found });
}

/** Paths in what was thrown count from the folder that the file may not leave, as everywhere in these messages. */
function failed(subject: Subject, error: unknown, root: string): OneiricError {
  const folder = root + sep;
  const thrown = redactText(describeThrown(error))
    .replaceAll(pathToFileURL(folder).href, '')
    .replaceAll(folder, '');
  return createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_FAILED', { ...subject, thrown }, { cause: error });
}

function exportOf(module: RunModule, exportName: string, subject: Subject, root: string): unknown {
  let found: ReadExport;
  try {
    found = readExport(module, exportName);
  } catch (error) {
    throw failed(subject, error, root);
  }
  if (found.kind === 'found') return found.value;
  const { nearest } = found;
  throw createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_EXPORT', { ...subject, exportName, nearest });
}
