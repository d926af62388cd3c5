import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { createError } from '../errors/oneiric-error.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import { describeValue } from '../foundation/describe-value.js';
import { locateReference } from './locate-reference.js';
import type { LocatedFile } from './located-file.js';
import { parseFactoryReference } from './factory-reference.js';
import { REFERENCE_ERRORS } from './reference-errors.js';

export interface ReferenceLoaderOptions {
  /** Absolute. */
  readonly projectDir: string;
  /**
   * The packages that code may be loaded from, compared exactly. Default: the project's direct dependencies of all four
   * kinds. The project's own name is always one of them.
   */
  readonly packages?: readonly string[];
  /** The largest module, in bytes. Default: 16 MiB. */
  readonly maxBytes?: number;
}

export interface PackageScope {
  readonly package: string;
  /** Absolute. */
  readonly folder: string;
}

export interface LoadOptions {
  readonly signal?: AbortSignal;
  /** `sha256-` and base64url: what the bytes of the module must have. */
  readonly digest?: string;
  /** Import anew, for a reload in development: modules of one generation are the same ones. */
  readonly generation?: number;
  /** `./x#y` counts from this package and may not leave it; the package itself is allowed. */
  readonly within?: PackageScope;
}

export interface LoadedReference {
  readonly value: unknown;
  /** Absolute, without links. */
  readonly file: string;
  /** `sha256-` and base64url, of the bytes that were checked. */
  readonly digest: string;
}

/** The only way by which code enters from a string. */
export class ReferenceLoader {
  readonly projectDir: string;
  readonly #options: ReferenceLoaderOptions;

  constructor(options: ReferenceLoaderOptions) {
    this.projectDir = options.projectDir;
    this.#options = options;
  }

  /** Where a reference leads to. Nothing is run. */
  async locate(reference: string, options: Pick<LoadOptions, 'within'> = {}): Promise<LocatedFile> {
    return locateReference(reference, { ...this.#options, ...options });
  }

  async load(reference: string, options: LoadOptions = {}): Promise<LoadedReference> {
    options.signal?.throwIfAborted();
    const { exportName } = parseFactoryReference(reference);
    const { file, name } = await this.locate(reference, options);
    const { href } = pathToFileURL(file);
    const digest = `sha256-${createHash('sha256')
      .update(await readFile(file))
      .digest('base64url')}`;
    let module: Readonly<Record<string, unknown>>;
    try {
      const { generation } = options;
      const box = await importInBox(
        generation === undefined ? href : `${href}?generation=${String(generation)}`,
      );
      module = box.namespace;
    } catch (error) {
      const details = { reference: describeValue(reference), file: name, thrown: describeThrown(error) };
      throw createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_FAILED', details, { cause: error });
    }
    return { value: module[exportName], file, digest };
  }
}

async function importInBox(url: string): Promise<{ readonly namespace: Readonly<Record<string, unknown>> }> {
  return { namespace: (await import(url)) as Readonly<Record<string, unknown>> };
}
