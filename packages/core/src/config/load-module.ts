import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';

import type { ValueOrigin } from '../decision/value-origin.js';
import { createError, type OneiricError } from '../errors/oneiric-error.js';
import type { Clock } from '../foundation/clock.js';
import { describeValue } from '../foundation/describe-value.js';
import { type SourcePlace, stackPlaces } from '../foundation/source-place.js';
import { CONFIG_ERRORS } from './config-errors.js';
import type { SourceLine } from './config-problem.js';
import { findSyntaxError, importModule, parseError } from './import-module.js';
import { LineIndex } from './line-index.js';

export interface LoadModuleOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * The configuration that a module exports as its default, whatever that is.
 *
 * @throws `ONEIRIC_CONFIG_THREW`, `ONEIRIC_CONFIG_TIMEOUT`, `ONEIRIC_CONFIG_EXPORT`, `ONEIRIC_CONFIG_INVALID` for a
 *   syntax error in it or in what it imports, and the reason of an aborted signal
 */
export async function loadModule(file: string, options: LoadModuleOptions): Promise<unknown> {
  const outcome = await outcomeOf(importModule(file), options);
  switch (outcome.kind) {
    case 'loaded':
      return defaultExport(file, outcome.module);
    case 'failed':
      throw (await syntaxError(file, outcome.error)) ?? (await thrownError(file, outcome.error));
    case 'late': {
      const details = { file: nameOf(file, file), timeoutMs: options.timeoutMs };
      throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_TIMEOUT', details);
    }
    case 'aborted':
      return options.signal?.throwIfAborted();
    default:
      return outcome satisfies never;
  }
}

type Module = Readonly<Record<string, unknown>>;
type Outcome =
  | { readonly kind: 'loaded'; readonly module: Module }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'late' }
  | { readonly kind: 'aborted' };

/** How the wait for a module ends, whichever way comes first. */
async function outcomeOf(
  loading: Promise<Module>,
  { clock, timeoutMs, signal }: LoadModuleOptions,
): Promise<Outcome> {
  let stop = (): void => undefined;
  let timer: Disposable | undefined;
  const ended = new Promise<Outcome>((resolve) => {
    stop = () => {
      resolve({ kind: 'aborted' });
    };
    const late = (): void => {
      resolve({ kind: 'late' });
    };
    timer = clock.after(timeoutMs, late, { keepsAlive: true });
    signal?.addEventListener('abort', stop, { once: true });
  });
  const settled = loading.then(
    (module): Outcome => ({ kind: 'loaded', module }),
    (error: unknown): Outcome => ({ kind: 'failed', error }),
  );
  try {
    return await Promise.race([settled, ended]);
  } finally {
    timer?.[Symbol.dispose]();
    signal?.removeEventListener('abort', stop);
  }
}

function defaultExport(file: string, module: Module): unknown {
  const refuse = (found: string, hint: string): never => {
    throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_EXPORT', { file: nameOf(file, file), found, hint });
  };
  const value = module['default'];
  const names = Object.keys(module).filter((name) => name !== 'default' && name !== '__esModule');
  if (value === undefined) {
    const found =
      names.length === 0 ? 'nothing' : `${names.map((name) => `"${name}"`).join(', ')} but no default`;
    return refuse(found, 'Write "export default defineConfig({ … })".');
  }
  if (typeof value === 'function')
    return refuse('a function', 'Export what it returns: "export default await makeConfig()".');
  if (typeof (value)?.then === 'function')
    return refuse('a promise', 'Export what it resolves to: "export default await …".');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(describeValue(value), 'Write "export default defineConfig({ … })".');
  return value;
}

async function syntaxError(file: string, error: unknown): Promise<OneiricError | undefined> {
  const suspects = [...new Set([...headFile(error), file])];
  const found =
    parseError(error) ?? (error instanceof SyntaxError ? await firstSyntaxError(suspects) : undefined);
  if (found === undefined) return undefined;
  const { line, column, reason } = found;
  const origin: ValueOrigin = { kind: 'config', file: nameOf(file, found.file), line, column };
  const problem = {
    path: '',
    origin,
    found: 'a syntax error',
    expected: `JavaScript or TypeScript (${reason})`,
    excerpt: await excerptAt(found),
  };
  return createError(
    CONFIG_ERRORS,
    'ONEIRIC_CONFIG_INVALID',
    { file: nameOf(file, file), problems: [problem] },
    { cause: error },
  );
}

/** The file that the first line of a native syntax error's stack names: `file:///…/x.mjs:3`. */
function headFile(error: unknown): readonly string[] {
  const [first = ''] = String((error as Error | undefined)?.stack).split('\n', 1);
  return stackPlaces(` at ${first}:1`).map((place) => place.file);
}

async function firstSyntaxError(
  files: readonly string[],
): Promise<(SourcePlace & { readonly reason: string }) | undefined> {
  for (const file of files) {
    const source = await readFile(file, 'utf8').catch(() => '');
    const found = await findSyntaxError(file, source);
    if (found !== undefined) return { file, ...found };
  }
  return undefined;
}

async function thrownError(file: string, error: unknown): Promise<OneiricError> {
  const place = stackPlaces((error as Error | undefined)?.stack).find(
    ({ file: at }) => !at.includes('node_modules'),
  );
  return createError(
    CONFIG_ERRORS,
    'ONEIRIC_CONFIG_THREW',
    {
      file: nameOf(file, file),
      thrown: describeThrown(error),
      at: place === undefined ? undefined : { ...place, file: nameOf(file, place.file) },
      excerpt: place === undefined ? [] : await excerptAt(place),
      hint: hintFor(error),
    },
    { cause: error },
  );
}

function describeThrown(error: unknown): string {
  if (!(error instanceof Error)) return describeValue(error);
  const [message = ''] = error.message.split('\n', 1);
  return `${error.name}: ${message}`.replace(/\.$/, '');
}

function hintFor(error: unknown): string | undefined {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return 'Only a TypeScript configuration can import TypeScript: rename it to oneiric.config.ts.';
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const [, name = ''] = /Cannot find (?:module|package) '([^']+)'/.exec(message) ?? [];
  if (name === '' || /^(?:[./]|file:|[A-Za-z]:\\)/.test(name))
    return 'Check the path: it counts from the file that imports it.';
  return `Install it in the project: npm install ${name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')}`;
}

async function excerptAt({ file, line }: SourcePlace): Promise<readonly SourceLine[]> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? [] : new LineIndex(text).excerpt(line);
}

/** `file` as the project sees it: relative to the folder of its configuration, with `/`. */
function nameOf(configFile: string, file: string): string {
  return relative(dirname(configFile), file).replaceAll('\\', '/');
}
