import { open, stat } from 'node:fs/promises';

import { createError, OneiricError } from '../errors/oneiric-error.js';
import type { Lockfile } from './lockfile.js';
import { LOCKFILE_ERRORS } from './lockfile-errors.js';
import { MAX_LOCKFILE_BYTES, parseLock, tooLarge } from './parse-lock.js';

/**
 * Reads a lockfile from the disk.
 *
 * @param path where it lies
 * @param file what errors call it
 * @throws `ONEIRIC_LOCKFILE_NOT_FOUND`, `ONEIRIC_LOCKFILE_UNREADABLE`, and what `parseLock` throws
 */
export async function readLockfile(path: string, file: string = path): Promise<Lockfile> {
  return parseLock(await readText(path, file), file);
}

async function readText(path: string, file: string): Promise<string> {
  const refuse = (reason: string, cause?: unknown) =>
    createError(LOCKFILE_ERRORS, 'ONEIRIC_LOCKFILE_UNREADABLE', { file, reason }, { cause });
  let bytes: Uint8Array;
  try {
    // Opening a pipe would wait for somebody who writes into it.
    if (!(await stat(path)).isFile()) throw refuse('it is not a file');
    await using handle = await open(path);
    const status = await handle.stat();
    if (status.size > MAX_LOCKFILE_BYTES) throw tooLarge(file, status.size);
    bytes = await handle.readFile();
  } catch (error) {
    if (OneiricError.is(error)) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw createError(LOCKFILE_ERRORS, 'ONEIRIC_LOCKFILE_NOT_FOUND', { file }, { cause: error });
    throw refuse(code ?? message, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refuse('it is not UTF-8 text', cause);
  }
}
