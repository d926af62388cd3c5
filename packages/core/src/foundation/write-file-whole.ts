import { randomUUID } from 'node:crypto';
import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const DEFAULT_MODE = 0o666;
/** What `randomUUID` gives, and the ending. */
const LEFTOVER = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;
const LEFTOVER_AGE_MS = 60_000;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'the folder or the file may not be written (EACCES)',
  EPERM: 'the folder or the file may not be written (EPERM)',
  EROFS: 'the file system is read-only (EROFS)',
  ENOSPC: 'no space is left on the device (ENOSPC)',
  EDQUOT: 'the disk quota is used up (EDQUOT)',
  EISDIR: 'it is a folder (EISDIR)',
  ENOENT: 'there is no such folder (ENOENT)',
};

/**
 * Writes a file, whole or not at all: into a file beside it that then takes its name. A reader sees the old text or
 * the new one, whenever the process is killed; a killed one may leave `.<name>.<uuid>.tmp` behind. The file keeps its
 * permissions; where it is a symbolic link, the file that it leads to is replaced. What is no file is left alone.
 *
 * @returns whether the text is another than before; one that is the same is not written
 * @throws the error of the file system, which `tellWriteFailure` puts into words; what was there before is untouched
 */
export async function writeFileWhole(path: string, text: string): Promise<boolean> {
  let temporary: string | undefined;
  try {
    const target = await targetOf(path);
    const before = await currentOf(target);
    if (before?.text === text) return false;
    temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
    await writeThrough(temporary, text, before?.mode);
    await rename(temporary, target);
    return true;
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Why a file could not be written, as the end of a sentence. */
export function tellWriteFailure(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}

/**
 * Removes what processes that were killed in the middle of `writeFileWhole` left beside a file: those of them that are
 * a minute older than the file, so that no write that is under way loses its own. Never throws: it only tidies up.
 */
export async function sweepLeftovers(path: string): Promise<void> {
  try {
    const target = await targetOf(path);
    const folder = dirname(target);
    const { mtimeMs } = await stat(target);
    const start = `.${basename(target)}.`;
    for (const name of await readdir(folder)) {
      if (!name.startsWith(start) || !LEFTOVER.test(name.slice(start.length))) continue;
      const leftover = join(folder, name);
      if ((await stat(leftover)).mtimeMs < mtimeMs - LEFTOVER_AGE_MS) await rm(leftover, { force: true });
    }
  } catch {
    // Whatever stays is swept another time.
  }
}

/** Where a symbolic link leads; a file that is not there yet is its own target. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return join(await realpath(dirname(path)), basename(path));
  }
}

async function currentOf(
  path: string,
): Promise<{ readonly mode: number; readonly text: string } | undefined> {
  try {
    // Opening a pipe would wait for somebody at its other end, and a device is not to be replaced by a file.
    const found = await stat(path);
    if (!found.isFile() && !found.isDirectory()) throw new Error('it is not a file');
    await using handle = await open(path, 'r+');
    const { mode } = await handle.stat();
    return { mode: mode & 0o7777, text: await handle.readFile('utf8') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

async function writeThrough(path: string, text: string, mode: number | undefined): Promise<void> {
  await using handle = await open(path, 'wx', mode ?? DEFAULT_MODE);
  if (mode !== undefined) await handle.chmod(mode);
  await handle.writeFile(text);
  await handle.sync();
}
