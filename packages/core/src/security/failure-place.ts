import { readFile } from 'node:fs/promises';

import { type SourcePlace, stackPlaces } from '../foundation/source-place.js';
import { findSyntaxError, type ModuleSyntaxError } from './find-syntax-error.js';

/** An import of what is not there. */
export interface MissingImport {
  /** As the error names it. */
  readonly specifier: string;
  /** The file that has the import. */
  readonly importer: string;
  readonly at: SourcePlace | undefined;
}

/**
 * Where the import of a module, or code of it that ran, failed, as far as the error tells or a look at the files does: at
 * its syntax error, at the import of what is not there, or at the innermost place of the stack in a file that `isOwn`.
 */
export async function failurePlace(
  module: string,
  error: unknown,
  isOwn: (file: string) => boolean,
): Promise<SourcePlace | undefined> {
  const syntax = await syntaxErrorOf(module, error);
  const found = syntax ?? (await missingImportOf(module, error))?.at ?? thrownPlace(error, isOwn);
  if (found === undefined || !isOwn(found.file)) return undefined;
  const { file, line, column } = found;
  return column === undefined ? { file, line } : { file, line, column };
}

/** The syntax error of a module, or of what it imports: `import()` throws a plain one, jiti a `ParseError`. */
export async function syntaxErrorOf(module: string, error: unknown): Promise<ModuleSyntaxError | undefined> {
  if (!(error instanceof Error)) return undefined;
  const isOfSyntax = error.name === 'SyntaxError' || error.message.startsWith('ParseError');
  return isOfSyntax ? findSyntaxError(module) : undefined;
}

/** The import that an error is about, which names what is not there; undefined where it is about something else. */
export async function missingImportOf(module: string, error: unknown): Promise<MissingImport | undefined> {
  const {
    code,
    message = '',
    requireStack,
  } = (error ?? {}) as { code?: string; message?: string; requireStack?: string[] };
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const [, specifier = '', from] =
    /Cannot find (?:module|package) '([^']+)'(?: imported from (.+))?/.exec(message) ?? [];
  const importer = requireStack?.[0] ?? from ?? module;
  const text = isPath(specifier) ? specifier.replace(/^.*\//, '') : specifier;
  return { specifier, importer, at: await placeOfText(importer, text) };
}

/** Does a specifier name a file, and no package? */
export function isPath(specifier: string): boolean {
  return /^(?:[./]|file:|[A-Za-z]:)/.test(specifier);
}

/** The innermost place of a stack in a file that `isOwn`; Node puts one before the stack where it knows no more. */
export function thrownPlace(error: unknown, isOwn: (file: string) => boolean): SourcePlace | undefined {
  const stack = (error as Error | undefined)?.stack;
  return [...stackPlaces(stack), ...stackHead(stack)].find(({ file }) => isOwn(file));
}

/** `file:///app/plugin.js:3`, the first line of what Node tells of a module that it could not link. */
function stackHead(stack: unknown): readonly SourcePlace[] {
  const [, head, line] = /^((?:file:\/\/|\/|[A-Za-z]:[\\/])[^\n]*):(\d+)\n/.exec(String(stack)) ?? [];
  return stackPlaces(`    at ${String(head)}:${String(line)}:1`).map(({ file }) => ({
    file,
    line: Number(line),
  }));
}

/** Where `file` first has `text` inside quotes. */
async function placeOfText(file: string, text: string): Promise<SourcePlace | undefined> {
  const source = await readFile(file, 'utf8').catch(() => '');
  const offset = Math.max(source.indexOf(`'${text}`), source.indexOf(`"${text}`), source.indexOf(`/${text}`));
  if (offset < 0) return undefined;
  const before = source.slice(0, offset).split(/\r\n|\r|\n/);
  return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
