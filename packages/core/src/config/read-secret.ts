import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { SecretReference } from './setting-reference.js';

/** Where references lead to. */
export interface SecretSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that `file:` counts from. */
  readonly folder: string;
}

/** What a reference leads to, or why to nothing: words that hold nothing of the secret. */
export type SecretReading =
  | { readonly kind: 'secret'; readonly value: string }
  | { readonly kind: 'missing'; readonly found: string; readonly expected: string };

/** The most that a secret may be long, in bytes: keys and certificates are far below it. */
const MAX_SECRET_BYTES = 65_536;

/**
 * Reads a secret. A variable that is empty counts as missing, since that is what an unset secret of a build server
 * looks like. Of a file, one line end at its end is left out.
 */
export async function readSecret(reference: SecretReference, sources: SecretSources): Promise<SecretReading> {
  const { scheme, name } = reference;
  switch (scheme) {
    case 'env': {
      const value = Object.hasOwn(sources.env, name) ? sources.env[name] : undefined;
      if (value !== undefined && value !== '') return { kind: 'secret', value };
      return missing(reference, value === '' ? 'is empty' : 'is not set', `the variable ${name} to be set`);
    }
    case 'file':
      return readFile(reference, resolve(sources.folder, name));
    default:
      return scheme satisfies never;
  }
}

async function readFile(reference: SecretReference, file: string): Promise<SecretReading> {
  const refuse = (found: string): SecretReading =>
    missing(
      reference,
      found,
      `a text file of at most ${String(MAX_SECRET_BYTES)} bytes; a path counts from the project`,
    );
  let bytes: Uint8Array;
  try {
    // Opening a pipe would wait for somebody who writes into it.
    if (!(await stat(file)).isFile()) return refuse('is not a file');
    await using handle = await open(file);
    const { size } = await handle.stat();
    if (size > MAX_SECRET_BYTES) return refuse(`has ${String(size)} bytes`);
    bytes = await handle.readFile();
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return refuse(WORDS[code] ?? `cannot be read (${code})`);
  }
  try {
    const value = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r?\n$/, '');
    return value === '' ? refuse('is empty') : { kind: 'secret', value };
  } catch {
    return refuse('is not UTF-8 text');
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
};

function missing({ text }: SecretReference, found: string, expected: string): SecretReading {
  return { kind: 'missing', found: `${text}, which ${found}`, expected };
}
