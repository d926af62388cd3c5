import { createError } from '../errors/oneiric-error.js';
import { tellWriteFailure, writeFileWhole } from '../foundation/write-file-whole.js';
import type { Lockfile } from './lockfile.js';
import { LOCKFILE_ERRORS } from './lockfile-errors.js';
import { printLock } from './print-lock.js';

/**
 * Writes a lockfile, whole or not at all: into a file beside it that then takes its name. A reader sees the old text
 * or the new one. The file keeps its permissions; where it is a symbolic link, the file that it leads to is replaced.
 *
 * @returns whether the text is another than before; one that is the same is not written
 * @throws `ONEIRIC_LOCKFILE_NOT_WRITTEN`; what was there before is then untouched
 */
export async function writeLockfile(path: string, lockfile: Lockfile, file: string = path): Promise<boolean> {
  const text = printLock(lockfile);
  try {
    return await writeFileWhole(path, text);
  } catch (cause) {
    const reason = tellWriteFailure(cause);
    throw createError(LOCKFILE_ERRORS, 'ONEIRIC_LOCKFILE_NOT_WRITTEN', { file, reason }, { cause });
  }
}
