import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { createError } from '../errors/oneiric-error.js';
import { CONFIG_ERRORS } from './config-errors.js';
import { CONFIG_FILE_NAMES, FOREIGN_EXTENSIONS } from './config-file-name.js';

/**
 * The configuration file of the project that `startDir` lies in: in that folder, or else in the nearest folder
 * above it that has one. Folders that may not be listed are passed over.
 *
 * @returns an absolute path, or undefined where there is none up to the root
 * @throws `ONEIRIC_CONFIG_AMBIGUOUS` where one folder has two,
 *   `ONEIRIC_CONFIG_FORMAT` where the nearest one is of a form that other tools accept (`oneiric.config.yml`),
 *   `ONEIRIC_CONFIG_UNREADABLE` where `startDir` is no folder
 */
export async function findConfig(startDir: string): Promise<string | undefined> {
  const start = resolve(startDir);
  for (let folder = start; ; folder = dirname(folder)) {
    const names = await namesIn(folder, folder === start);
    const own = CONFIG_FILE_NAMES.filter((name) => names.has(name));
    if (own.length > 1) throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_AMBIGUOUS', { folder, files: own });
    if (own[0] !== undefined) return join(folder, own[0]);
    refuseForeign(folder, names);
    if (dirname(folder) === folder) return undefined;
  }
}

async function namesIn(folder: string, mustExist: boolean): Promise<ReadonlySet<string>> {
  try {
    return new Set(await readdir(folder));
  } catch (cause) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    if (!mustExist || code === 'EACCES' || code === 'EPERM') return new Set();
    const reason =
      code === 'ENOENT' ? 'there is no such folder' : code === 'ENOTDIR' ? 'it is not a folder' : code;
    throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_UNREADABLE', { file: folder, reason }, { cause });
  }
}

function refuseForeign(folder: string, names: ReadonlySet<string>): void {
  for (const [extension, ours] of Object.entries(FOREIGN_EXTENSIONS)) {
    const name = `oneiric.config${extension}`;
    if (!names.has(name)) continue;
    throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_FORMAT', {
      file: join(folder, name),
      rename: `oneiric.config${ours}`,
    });
  }
}
