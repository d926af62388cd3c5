import { createHash } from 'node:crypto';
import { constants, type StatsBase } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises';

/** The bytes of a file as they were read after it was looked at, and never anything that took its place. */
export interface PinnedFile {
  readonly bytes: Uint8Array;
  /** `sha256-` and base64url. */
  readonly digest: string;
}

/** Why a file is not read. */
export type UnreadableFile =
  | { readonly kind: 'changed' }
  | { readonly kind: 'invalid'; readonly found: string; readonly expected: string };

// A pipe must not make opening wait, and a link that has taken the file's place must not be followed.
// Windows has neither flag.
const FLAGS =
  constants.O_RDONLY |
  ((constants.O_NONBLOCK as number | undefined) ?? 0) |
  ((constants.O_NOFOLLOW as number | undefined) ?? 0);

const GONE = ['ENOENT', 'ENOTDIR', 'ELOOP'];

/**
 * Opens a file once, makes sure that what is open is the regular file with exactly this path, and reads it.
 *
 * Where the kernel tells the path of an open file (Linux), that is its answer. Elsewhere the file has to be the same one
 * before and after it is opened, which leaves a gap for somebody who exchanges folders twice within it.
 *
 * @param file absolute, without links
 */
export async function readPinnedFile(file: string, maxBytes: number): Promise<PinnedFile | UnreadableFile> {
  try {
    return await readOpened(file, maxBytes);
  } catch (error) {
    const { code = 'no reason' } = error as { readonly code?: string };
    // It was there a moment ago, and no link.
    if (GONE.includes(code)) return { kind: 'changed' };
    return { kind: 'invalid', found: `not readable (${code})`, expected: 'a file that can be read' };
  }
}

async function readOpened(file: string, maxBytes: number): Promise<PinnedFile | UnreadableFile> {
  const before = await lstat(file, { bigint: true });
  if (before.isSymbolicLink()) return { kind: 'changed' };
  // A device may act when it is opened.
  if (!before.isFile()) return { kind: 'invalid', found: typeOf(before), expected: 'a regular file' };
  await using handle = await open(file, FLAGS);
  const opened = await handle.stat({ bigint: true });
  if (opened.dev !== before.dev || opened.ino !== before.ino || !(await isAt(handle, file, opened))) {
    return { kind: 'changed' };
  }
  if (opened.size > maxBytes) {
    const [found, expected] = [`${String(opened.size)} bytes long`, `at most ${String(maxBytes)} bytes`];
    return { kind: 'invalid', found, expected };
  }
  const bytes = await readWhole(handle, Number(opened.size));
  if (bytes === undefined) return { kind: 'changed' };
  return { bytes, digest: `sha256-${createHash('sha256').update(bytes).digest('base64url')}` };
}

async function isAt(
  handle: FileHandle,
  file: string,
  { dev, ino }: { readonly dev: bigint; readonly ino: bigint },
): Promise<boolean> {
  const told = await readlink(`/proc/self/fd/${String(handle.fd)}`).catch(() => undefined);
  if (told !== undefined) return told === file;
  const after = await lstat(file, { bigint: true });
  return after.dev === dev && after.ino === ino && (await realpath(file)) === file;
}

/** Undefined where it does not have this size any more. */
async function readWhole(handle: FileHandle, size: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length === size ? bytes.subarray(0, size) : undefined;
}

function typeOf(found: StatsBase<bigint>): string {
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a pipe';
  if (found.isSocket()) return 'a socket';
  return 'a device';
}
