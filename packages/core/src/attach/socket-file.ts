import { lstatSync, unlinkSync, type BigIntStats } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import { dangerOf, ownUid } from './runtime-folder.js';

const NAME = /^(?<pid>[1-9]\d{0,9})(?:-[1-9]\d?)?\.sock$/;
const UNPUBLISHED = /^(?<pid>[1-9]\d{0,9})-[0-9a-f]{8}\.new$/;
const WRITABLE_BY_OTHERS = 0o022;

/** `<pid>.sock`, and `<pid>-2.sock` for the second one of a process. */
export function socketPath(folder: string, pid: number, number: number): string {
  return join(folder, `${String(pid)}${number === 1 ? '' : `-${String(number)}`}.sock`);
}

/** The pid in the name of a socket; undefined for what is not named like one. */
export function pidOf(path: string): number | undefined {
  const pid = NAME.exec(basename(path))?.groups?.['pid'];
  return pid === undefined ? undefined : Number(pid);
}

/** As `pidOf`, of a socket that a process was killed before it could give its name. */
export function pidOfUnpublished(path: string): number | undefined {
  const pid = UNPUBLISHED.exec(basename(path))?.groups?.['pid'];
  return pid === undefined ? undefined : Number(pid);
}

/** @throws `ONEIRIC_ATTACH_PATH_TOO_LONG`; some systems would cut the path off, and make the socket elsewhere */
export function assertPathFits(path: string): void {
  // The system's limit counts the zero byte at the end.
  const limitBytes = (process.platform === 'linux' ? 108 : 104) - 1;
  const lengthBytes = Buffer.byteLength(path);
  if (lengthBytes <= limitBytes) return;
  throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_PATH_TOO_LONG', { path, lengthBytes, limitBytes });
}

/** One socket as it lay in its folder: enough to know it again. */
export interface SocketFile {
  readonly path: string;
  readonly uid: number;
  readonly inode: bigint;
  readonly changedAt: bigint;
}

/** The socket at a path; undefined where there is nothing, or something else. @throws what `lstat` throws */
export function findSocket(path: string): SocketFile | undefined {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return found?.isSocket() === true ? fileOf(path, found) : undefined;
}

function fileOf(path: string, { uid, ino, ctimeNs }: BigIntStats): SocketFile {
  return { path, uid: Number(uid), inode: ino, changedAt: ctimeNs };
}

/**
 * Makes sure that nobody but its owner could have made the socket, and that this user may open it.
 *
 * @throws `ONEIRIC_ATTACH_FORBIDDEN` for a socket of another user, unless root asks; `ONEIRIC_ATTACH_UNSAFE`
 */
export function assertTrusted({ path, uid }: SocketFile): void {
  const own = ownUid();
  if (uid !== own && own !== 0) throw forbidden(path, `it belongs to user ${String(uid)}`, uid);
  const danger = dangerOf(dirname(path), uid);
  if (danger !== undefined) throw danger;
  const { mode } = lstatSync(path);
  if ((mode & WRITABLE_BY_OTHERS) === 0) return;
  throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_UNSAFE', {
    path,
    reason: 'other users may connect to it',
    next: 'Close the attach server of that process and open it again; find out who changed the permissions.',
  });
}

export function forbidden(path: string, reason: string, owner: number | null, cause?: unknown): OneiricError {
  const details = { path, reason, uid: ownUid(), owner };
  return createError(
    ATTACH_ERRORS,
    'ONEIRIC_ATTACH_FORBIDDEN',
    details,
    cause === undefined ? {} : { cause },
  );
}

/** Removes a socket that nobody listens at any more; not if another one has taken its place meanwhile. Never throws. */
export function removeSocket({ path, inode, changedAt }: SocketFile): void {
  try {
    const now = findSocket(path);
    if (now?.inode === inode && now.changedAt === changedAt) unlinkSync(path);
  } catch {
    // It is gone, or the folder is: what was to be reached.
  }
}

/** Is there a process with this pid, whoever it belongs to? */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
