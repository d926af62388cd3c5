import { lstatSync, statSync, type Stats } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';

import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { ATTACH_ERRORS } from './attach-errors.js';

const OTHERS = 0o077;
const WORLD_WRITABLE = 0o002;
const STICKY = 0o1000;
const ROOT = 0;

/** Who runs this process. @throws `ONEIRIC_ATTACH_UNSUPPORTED` where there are no users that sockets could belong to */
export function ownUid(): number {
  const { platform, geteuid } = process;
  if (platform === 'win32' || geteuid === undefined) {
    throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_UNSUPPORTED', { platform });
  }
  return geteuid();
}

/**
 * Where the sockets of this user are, the first one being where a new one is made: the folder that was given, or that
 * `ONEIRIC_RUNTIME_DIR` names; else `oneiric` in `XDG_RUNTIME_DIR`, where that is a folder of this user, and
 * `oneiric-<uid>` in the folder for temporary files. A service and the shell of an operator may differ in the former,
 * so who looks for sockets looks in both.
 */
export function runtimeFolders(directory: string | undefined): readonly [string, ...string[]] {
  const uid = ownUid();
  const given = directory ?? nonEmpty(process.env['ONEIRIC_RUNTIME_DIR']);
  if (given !== undefined) return [resolve(given)];
  const temporary = join(tmpdir(), `oneiric-${String(uid)}`);
  const xdg = nonEmpty(process.env['XDG_RUNTIME_DIR']);
  return xdg !== undefined && isFolderOf(xdg, uid) ? [join(xdg, 'oneiric'), temporary] : [temporary];
}

/** Where the sockets of another user most likely are: for root, who is told a pid only. */
export function runtimeFoldersOf(uid: number): readonly string[] {
  return [`/run/user/${String(uid)}/oneiric`, join(tmpdir(), `oneiric-${String(uid)}`)];
}

/**
 * Makes the folder of the sockets where there is none, and makes sure that nobody else can reach into it. Never changes
 * the permissions of what is there.
 *
 * @throws `ONEIRIC_ATTACH_UNSAFE`, `ONEIRIC_ATTACH_NOT_OPENED`
 */
export async function openRuntimeFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (cause) {
    // What is in its place is told below, better than by the system.
    if (entryAt(folder) === undefined) {
      const { code, message } = cause as NodeJS.ErrnoException;
      const reason = `it could not be made (${code ?? message})`;
      throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_NOT_OPENED', { folder, reason }, { cause });
    }
  }
  const danger = dangerOf(folder, ownUid());
  if (danger !== undefined) throw danger;
}

/** Also what it is in. The option `recursive` of Node never ends where the system makes no folders, as in `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  const make = () => mkdir(folder, { mode: 0o700 });
  try {
    await make();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT') throw error;
    await makeFolder(dirname(folder));
    await make();
  }
}

/**
 * Why the folder is not safe for sockets of `uid`; undefined where it is. A link is not safe, whatever it leads to: who
 * owns the link decides where it leads.
 */
export function dangerOf(folder: string, uid: number): OneiricError<'ONEIRIC_ATTACH_UNSAFE'> | undefined {
  const unsafe = (reason: string, next: string) =>
    createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_UNSAFE', { path: folder, reason, next });
  const another = 'Remove it, or give another folder, as the option directory or in ONEIRIC_RUNTIME_DIR.';
  const found = entryAt(folder);
  if (found === undefined) return unsafe('it cannot be looked at', another);
  if (found.isSymbolicLink()) return unsafe('it is a symbolic link', another);
  if (!found.isDirectory()) return unsafe('it is not a folder', another);
  if (found.uid !== uid) {
    return unsafe(`it belongs to user ${String(found.uid)}, and not to user ${String(uid)}`, another);
  }
  if ((found.mode & OTHERS) !== 0) {
    const next = `Run \`chmod 700\` on it if nobody else put anything there, or give another folder.`;
    return unsafe(`other users may enter it (mode ${modeOf(found)}, and 0700 is expected)`, next);
  }
  const parent = statSync(dirname(folder), { throwIfNoEntry: false });
  if (parent === undefined) return unsafe('it cannot be looked at', another);
  const renames = whoMayRename(parent, uid);
  if (renames === undefined) return undefined;
  const next = 'Give a folder in another place, as the option directory or in ONEIRIC_RUNTIME_DIR.';
  return unsafe(`${renames}, and put another one in its place`, next);
}

/** Who besides `uid` and root may rename what is in a folder; its group is trusted with what it was given. */
function whoMayRename(parent: Stats, uid: number): string | undefined {
  if (parent.uid !== uid && parent.uid !== ROOT) {
    return `user ${String(parent.uid)} may rename it, to whom the folder it is in belongs`;
  }
  if ((parent.mode & WORLD_WRITABLE) === 0 || (parent.mode & STICKY) !== 0) return undefined;
  return `every user may rename it, since the folder it is in has the mode ${modeOf(parent)}`;
}

function modeOf({ mode }: Stats): string {
  return `0${(mode & 0o7777).toString(8)}`;
}

function isFolderOf(path: string, uid: number): boolean {
  if (!isAbsolute(path)) return false;
  try {
    const found = statSync(path);
    return found.isDirectory() && found.uid === uid;
  } catch {
    return false;
  }
}

/** What is at a path, a link being one; undefined where there is nothing that this user may see. */
export function entryAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
