import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { LOCKFILE_NAME, type LockfileFacts, OneiricError, readLockfile } from '@oneiric/core';

/** Looks for the lockfile of a project, and for others between it and the folder that the command runs in. */
export async function lockfileFacts(projectDir: string, cwd: string): Promise<LockfileFacts> {
  const strays: string[] = [];
  for (let at = cwd; at !== projectDir && at.startsWith(projectDir); at = dirname(at)) {
    const file = join(at, LOCKFILE_NAME);
    if (existsSync(file)) strays.push(relative(projectDir, file).replaceAll('\\', '/'));
  }
  return { file: LOCKFILE_NAME, state: await stateOf(join(projectDir, LOCKFILE_NAME)), strays };
}

async function stateOf(path: string): Promise<LockfileFacts['state']> {
  try {
    await readLockfile(path, LOCKFILE_NAME);
    return 'present';
  } catch (error) {
    if (OneiricError.is(error, 'ONEIRIC_LOCKFILE_NOT_FOUND')) return 'absent';
    if (!OneiricError.is(error)) throw error;
    return { message: /^.*?\.(?= [A-Z]|\n|$)/s.exec(error.message)?.[0] ?? error.message };
  }
}
