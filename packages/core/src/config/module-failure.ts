import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import type { SourcePlace } from '../foundation/source-place.js';
import { isPath, missingImportOf, syntaxErrorOf, thrownPlace } from '../security/failure-place.js';
import { redactText } from '../security/redact.js';
import { CONFIG_ERRORS } from './config-errors.js';
import type { SourceLine } from './config-problem.js';
import { LineIndex } from './line-index.js';

/** An imported function, `(0 , _core.defineConfig)`, as jiti compiles its call. */
const COMPILED_CALL = /\(0 ?, _\w+\.(?<name>[\w$]+)\)/;
const OWN_FOLDER = fileURLToPath(new URL('../', import.meta.url));

/** Turns whatever the import of a configuration module ended with into an error that says where and what next. */
export async function moduleFailure(file: string, error: unknown): Promise<OneiricError> {
  try {
    const found = (await syntaxError(file, error)) ?? (await missingImport(file, error));
    return found ?? (await thrownError(file, error));
  } catch {
    // What was thrown can be anything, also something that cannot be looked at.
    const thrown = redactText(describeThrown(error));
    const details = { file: nameOf(file, file), thrown, at: undefined, excerpt: [], hint: undefined };
    return createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_THREW', details);
  }
}

async function syntaxError(file: string, error: unknown): Promise<OneiricError | undefined> {
  const found = await syntaxErrorOf(file, error);
  if (found === undefined) return undefined;
  const { line, column, reason } = found;
  const problem = {
    path: '',
    origin: { kind: 'config', file: nameOf(file, found.file), line, column } as const,
    found: 'a syntax error',
    expected: `JavaScript or TypeScript (${reason})`,
    excerpt: await excerptAt(found),
  };
  const details = { file: nameOf(file, file), problems: [problem] };
  return createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_INVALID', details, { cause: error });
}

async function missingImport(file: string, error: unknown): Promise<OneiricError | undefined> {
  const found = await missingImportOf(file, error);
  if (found === undefined) return undefined;
  const { specifier, importer, at } = found;
  const packageName = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return createError(
    CONFIG_ERRORS,
    'ONEIRIC_CONFIG_IMPORT',
    {
      file: nameOf(file, file),
      importer: nameOf(file, importer),
      specifier: specifier.startsWith('/') ? nameOf(importer, specifier) : specifier,
      at: at && { ...at, file: nameOf(file, at.file) },
      excerpt: at === undefined ? [] : await excerptAt(at),
      hint: isPath(specifier)
        ? 'Check the path: it counts from the file that imports it.'
        : `Install it in the project: npm install ${packageName}`,
    },
    { cause: error },
  );
}

async function thrownError(file: string, error: unknown): Promise<OneiricError> {
  const place = thrownPlace(error, isUserCode);
  const { code } = (error ?? {}) as { code?: unknown };
  const hint =
    code === 'ERR_UNKNOWN_FILE_EXTENSION'
      ? 'Only a TypeScript configuration can import TypeScript: rename it to oneiric.config.ts.'
      : undefined;
  const details = {
    file: nameOf(file, file),
    thrown: redactText(describeThrown(error).replace(COMPILED_CALL, '$<name>')),
    at: place && { ...place, file: nameOf(file, place.file) },
    excerpt: place === undefined ? [] : await excerptAt(place),
    hint,
  };
  return createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_THREW', details, { cause: error });
}

/** Neither part of a package nor of this one, which lies outside `node_modules` where it is developed. */
function isUserCode(file: string): boolean {
  return !file.includes('node_modules') && !file.startsWith(OWN_FOLDER);
}

async function excerptAt({ file, line }: SourcePlace): Promise<readonly SourceLine[]> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? [] : new LineIndex(text).excerpt(line);
}

/** `file` as the project sees it: relative to the folder of its configuration, with `/`. */
function nameOf(configFile: string, file: string): string {
  return relative(dirname(configFile), file).replaceAll('\\', '/');
}
