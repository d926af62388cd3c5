import { open, stat } from 'node:fs/promises';
import { dirname, extname, relative } from 'node:path';

import type { ValueOrigin } from '../decision/value-origin.js';
import { createError } from '../errors/oneiric-error.js';
import type { SourcePlace } from '../foundation/source-place.js';
import { attempt } from '../registry/read-field.js';
import { CONFIG_ERRORS } from './config-errors.js';
import type { ConfigDocument } from './config-document.js';
import { type ConfigExtension, CONFIG_EXTENSIONS, FOREIGN_EXTENSIONS } from './config-file-name.js';
import { MAX_FILE_BYTES } from './config-limits.js';
import { type ConfigPath, formatPath } from './config-path.js';
import type { ConfigProblem, SourceLine } from './config-problem.js';
import { definitionSiteOf } from '../foundation/definition-site.js';
import { loadModule, type ReadFileOptions } from './load-module.js';
import { readJson } from './read-json.js';
import { readYaml } from './read-yaml.js';

/** What one configuration file says, not yet checked, and where it says it. */
export interface ConfigFile {
  readonly value: unknown;
  /** Whether there is a value; false where the text is not of its form. */
  readonly isReadable: boolean;
  /** What is wrong with the text itself. */
  readonly problems: readonly ConfigProblem[];
  readonly locate: (path: ConfigPath, part: 'key' | 'value') => ValueOrigin;
  readonly excerpt: (origin: ValueOrigin) => readonly SourceLine[];
}

/**
 * Reads a configuration file of any form.
 *
 * @param file an absolute path
 * @throws `ONEIRIC_CONFIG_UNREADABLE`, `ONEIRIC_CONFIG_FORMAT` and, for a module, what `loadModule` throws
 */
export async function readConfigFile(file: string, options: ReadFileOptions): Promise<ConfigFile> {
  const extension = extensionOf(file);
  const text = await readText(file);
  switch (extension) {
    case '.json':
      return fromDocument(file, await readJson(text));
    case '.yaml':
      return fromDocument(file, await readYaml(text));
    case '.ts':
    case '.mts':
    case '.js':
    case '.mjs':
      return fromModule(file, (await loadModule(file, options)).value);
    default:
      return extension satisfies never;
  }
}

function extensionOf(file: string): ConfigExtension {
  const extension = extname(file);
  const ours = CONFIG_EXTENSIONS.find((known) => known === extension);
  if (ours !== undefined) return ours;
  const instead = FOREIGN_EXTENSIONS[extension];
  const rename = instead === undefined ? undefined : nameOf(file).slice(0, -extension.length) + instead;
  throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_FORMAT', { file: nameOf(file), rename });
}

async function readText(file: string): Promise<string> {
  const refuse = (reason: string, cause?: unknown) =>
    createError(
      CONFIG_ERRORS,
      'ONEIRIC_CONFIG_UNREADABLE',
      { file, reason },
      cause === undefined ? {} : { cause },
    );
  let bytes: Uint8Array;
  try {
    // Opening a pipe would wait for somebody who writes into it.
    if (!(await stat(file)).isFile()) throw refuse('it is not a file');
    await using handle = await open(file);
    const status = await handle.stat();
    if (status.size > MAX_FILE_BYTES)
      throw refuse(`it has ${String(status.size)} bytes, and ${String(MAX_FILE_BYTES)} are the limit`);
    bytes = await handle.readFile();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('ONEIRIC_') === true) throw error;
    throw refuse(code === 'ENOENT' ? 'there is no such file' : message, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refuse('it is not UTF-8 text', cause);
  }
}

function fromDocument(file: string, document: ConfigDocument): ConfigFile {
  const name = nameOf(file);
  const originAt = (path: ConfigPath, offset: number): ValueOrigin => ({
    kind: 'config',
    ...pathOf(path),
    file: name,
    ...document.lines.placeOf(offset),
  });
  const excerpt = ({ line }: ValueOrigin): readonly SourceLine[] =>
    line === undefined ? [] : document.lines.excerpt(line);
  return {
    value: document.value,
    isReadable: document.isReadable,
    problems: document.problems.map(({ path, offset, found, expected }) => {
      const origin = originAt(path, offset);
      return { path: formatPath(path), origin, found, expected, excerpt: excerpt(origin) };
    }),
    locate: (path, part) => originAt(path, document.offsetOf(path, part)),
    excerpt,
  };
}

/** What a module or a program gives has no text to point into; what `define…` was called for has the place of that call. */
export function fromModule(file: string, value: unknown): ConfigFile {
  return {
    value,
    isReadable: true,
    problems: [],
    locate(path) {
      const site = nearestSite(value, path);
      const place =
        site === undefined
          ? { file: nameOf(file) }
          : { ...site, file: relativeName(dirname(file), site.file) };
      return { kind: 'config', ...pathOf(path), ...place };
    },
    excerpt: () => [],
  };
}

/** Where the innermost `define…` call around the value at `path` stands. */
function nearestSite(value: unknown, path: ConfigPath): SourcePlace | undefined {
  let site: SourcePlace | undefined;
  let at = value;
  for (let depth = 0; depth <= path.length; depth++) {
    site = definitionSiteOf(at) ?? site;
    const next = path[depth];
    if (typeof at !== 'object' || at === null || next === undefined) break;
    const from = at;
    at = attempt(() => Object.getOwnPropertyDescriptor(from, next)?.value as unknown);
  }
  return site;
}

function pathOf(path: ConfigPath): { readonly path?: string } {
  return path.length === 0 ? {} : { path: formatPath(path) };
}

function nameOf(file: string): string {
  return relativeName(dirname(file), file);
}

function relativeName(folder: string, file: string): string {
  return relative(folder, file).replaceAll('\\', '/');
}
