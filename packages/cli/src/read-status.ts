import { resolve } from 'node:path';

import { readStatusFile, type StatusFile } from '@oneiric/core';

import type { Host } from './host.js';
import { usageError } from './usage-error.js';

/**
 * The status file that an application keeps, by its path from the working folder.
 *
 * @throws `ONEIRIC_CLI_USAGE` where there is none, `ONEIRIC_LIFECYCLE_STATUS_FILE` where it cannot be read
 */
export async function readStatus(path: string, { cwd }: Host, command: string): Promise<StatusFile> {
  const file = await readStatusFile(resolve(cwd, path));
  if (file !== undefined) return file;
  throw usageError(
    `There is no status file ${path}; an application writes one with the option statusFile`,
    command,
  );
}
