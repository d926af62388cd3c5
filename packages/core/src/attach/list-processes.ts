import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { createError, OneiricError } from '../errors/oneiric-error.js';
import { askJson } from './attach-client.js';
import { ATTACH_ERRORS, type NamedProcess } from './attach-errors.js';
import { assertOptions, DIRECTORY, type ExpectedOptions } from './attach-options.js';
import { isListening } from './is-listening.js';
import { type ProcessInfo, readProcessInfo } from './process-info.js';
import { dangerOf, entryAt, ownUid, runtimeFolders } from './runtime-folder.js';
import {
  assertTrusted,
  findSocket,
  forbidden,
  isRunning,
  pidOf,
  pidOfUnpublished,
  removeSocket,
  type SocketFile,
} from './socket-file.js';

export interface ListProcessesOptions {
  /** The folder of the sockets. Default: where `allowAttach` puts them by default. */
  readonly directory?: string;
}

/** How long a process may take to say who it is. */
const ANSWER_MS = 5000;

const EXPECTED: ExpectedOptions<ListProcessesOptions> = { directory: DIRECTORY };

/**
 * Every process of this user that can be attached to, the oldest first. Those that do not answer within 5 seconds are
 * not among them. Removes what processes left behind that were killed: a socket of this user that nobody listens at, and whose
 * process is gone. Nothing else is touched.
 *
 * @throws `ONEIRIC_ATTACH_OPTION_INVALID`, `ONEIRIC_ATTACH_UNSUPPORTED`; `ONEIRIC_ATTACH_UNSAFE` or
 *   `ONEIRIC_ATTACH_FORBIDDEN` where a folder is not to be trusted and nothing was found in another
 */
export async function listProcesses(options: ListProcessesOptions = {}): Promise<readonly ProcessInfo[]> {
  assertOptions(options, EXPECTED);
  const { answered } = await lookAround(options.directory, undefined);
  return answered;
}

/** What is in the folders of this user. */
export interface Surroundings {
  readonly folders: readonly string[];
  readonly answered: readonly ProcessInfo[];
  readonly silent: readonly SilentProcess[];
}

/** A process that does not answer, or whose socket somebody else could have made. */
export interface SilentProcess extends NamedProcess {
  readonly error: unknown;
}

/**
 * @throws `ONEIRIC_ATTACH_UNSAFE`, `ONEIRIC_ATTACH_FORBIDDEN` where a folder is not to be trusted and nothing was found
 *   in another; the signal's reason
 */
export async function lookAround(
  directory: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Surroundings> {
  const folders = runtimeFolders(directory);
  const paths = folders.flatMap((folder) => socketsIn(folder, ownUid()));
  const looks = await Promise.all(paths.map((path) => lookAt(path, signal)));
  signal?.throwIfAborted();
  const found = looks.filter((look) => look !== undefined);
  if (found.length === 0) assertTrustedFolders(folders);
  return {
    folders,
    answered: Object.freeze(found.filter((look): look is ProcessInfo => !('error' in look)).sort(byAge)),
    silent: found.filter((look): look is SilentProcess => 'error' in look),
  };
}

/**
 * The order of processes: the oldest first, since pids start anew; those that do not answer last. The sockets of one
 * process: as they were opened.
 */
export function byAge(a: NamedProcess, b: NamedProcess): number {
  const [from, to] = [a.startedAt ?? UNKNOWN, b.startedAt ?? UNKNOWN];
  if (from !== to) return from < to ? -1 : 1;
  return a.pid - b.pid || a.socket.length - b.socket.length || (a.socket < b.socket ? -1 : 1);
}

/** After every time. */
const UNKNOWN = '~';

/** The paths of what may be a socket of ours, or may have been one; of a folder that is not to be trusted none. */
export function socketsIn(folder: string, owner: number): readonly string[] {
  if (entryAt(folder) === undefined || dangerOf(folder, owner) !== undefined) return [];
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function assertTrustedFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    const entry = entryAt(folder);
    if (entry === undefined) continue;
    if (entry.uid !== ownUid()) throw forbidden(folder, `it belongs to user ${String(entry.uid)}`, entry.uid);
    const danger = dangerOf(folder, ownUid());
    if (danger !== undefined) throw danger;
  }
}

/** Undefined for what is no process of this user. */
async function lookAt(
  socket: string,
  signal: AbortSignal | undefined,
): Promise<ProcessInfo | SilentProcess | undefined> {
  const file = findSocket(socket);
  if (file?.uid !== ownUid() || (await removeDead(file))) return undefined;
  const pid = pidOf(socket);
  if (pid === undefined) return undefined;
  try {
    assertTrusted(file);
    return await askWho(socket, signal);
  } catch (error) {
    const isSilent = SILENT.some((code) => OneiricError.is(error, code));
    if (!isSilent || isNobody(error) || findSocket(socket) === undefined) return undefined;
    return { pid, name: 'does not answer', socket, error };
  }
}

const SILENT = ['ONEIRIC_ATTACH_NO_ANSWER', 'ONEIRIC_ATTACH_LOST', 'ONEIRIC_ATTACH_UNSAFE'] as const;

/** Was there nobody to ask? */
export function isNobody(error: unknown): boolean {
  if (!OneiricError.is(error, 'ONEIRIC_ATTACH_LOST')) return false;
  return ['ECONNREFUSED', 'ENOENT'].includes((error.cause as NodeJS.ErrnoException | undefined)?.code ?? '');
}

/** @throws as `askJson` */
export async function askWho(socket: string, signal: AbortSignal | undefined): Promise<ProcessInfo> {
  const request = '/v1/process';
  const said = await askJson({ socket, method: 'GET', path: request, signal, answerMs: ANSWER_MS });
  const info = readProcessInfo(said, socket);
  if (info !== undefined) return info;
  const reason = 'it does not say which process it is';
  throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_ANSWER_INVALID', { socket, request, reason });
}

/** Removes a socket of this user that nobody listens at and whose process is gone; true where it did. */
export async function removeDead(file: SocketFile): Promise<boolean> {
  const pid = pidOf(file.path) ?? pidOfUnpublished(file.path);
  if (pid === undefined || file.uid !== ownUid()) return false;
  if (isRunning(pid) || (await isListening(file.path)) || isRunning(pid)) return false;
  removeSocket(file);
  return true;
}
