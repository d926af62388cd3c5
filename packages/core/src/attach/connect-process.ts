import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { nearestName } from '../foundation/nearest-name.js';
import { ATTACH_ERRORS, type NamedProcess } from './attach-errors.js';
import { askJson } from './attach-client.js';
import { assertOptions, DIRECTORY, type ExpectedOptions, optionInvalid, SIGNAL } from './attach-options.js';
import { type AttachedProcess, RemoteProcess } from './attached-process.js';
import { ANSWER_MS, lookAround, removeDead } from './list-processes.js';
import { PROTOCOL, type ProcessInfo, readProcessInfo } from './process-info.js';
import { ownUid, runtimeFolders, runtimeFoldersOf } from './runtime-folder.js';
import { assertTrusted, findSocket, forbidden, pidOf, type SocketFile, socketPath } from './socket-file.js';

export interface ConnectProcessOptions {
  /** The folder of the sockets. Default: where `allowAttach` puts them by default. */
  readonly directory?: string;
  /** Ends the attachment and everything that is under way in it, with this signal's reason. */
  readonly signal?: AbortSignal;
}

const EXPECTED: ExpectedOptions<ConnectProcessOptions> = { directory: DIRECTORY, signal: SIGNAL };

/**
 * Attaches to a running process that allows it: to the one with this pid, or at the path of its socket; without either
 * to the only one of this user.
 *
 * Before anything is sent it is checked that nobody but the owner of the process could have made the socket: it and its
 * folder belong to this user, and no other may write to them. Root may attach to the process of another user, where it
 * names it. What a killed process left behind is removed.
 *
 * Nothing stays open between two calls. Dispose it to end what is under way.
 *
 * @throws `ONEIRIC_ATTACH_NONE`, `ONEIRIC_ATTACH_AMBIGUOUS`, `ONEIRIC_ATTACH_NOT_FOUND`, `ONEIRIC_ATTACH_FORBIDDEN`,
 *   `ONEIRIC_ATTACH_UNSAFE`, `ONEIRIC_ATTACH_NO_ANSWER`, `ONEIRIC_ATTACH_PROTOCOL` for a newer version,
 *   `ONEIRIC_ATTACH_ANSWER_INVALID`, `ONEIRIC_ATTACH_LOST`, `ONEIRIC_ATTACH_OPTION_INVALID`,
 *   `ONEIRIC_ATTACH_UNSUPPORTED`, the signal's reason
 */
export async function connectProcess(
  target?: number | string,
  options: ConnectProcessOptions = {},
): Promise<AttachedProcess> {
  assertTarget(target);
  assertOptions(options, EXPECTED);
  const { directory, signal } = options;
  signal?.throwIfAborted();
  ownUid();
  const info =
    target === undefined ? await onlyOne(directory, signal) : await named(target, directory, signal);
  if (info.protocol > PROTOCOL) {
    const { socket, protocol: found, version } = info;
    throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_PROTOCOL', {
      socket,
      found,
      supported: PROTOCOL,
      version,
    });
  }
  return new RemoteProcess(info, signal);
}

async function onlyOne(directory: string | undefined, signal: AbortSignal | undefined): Promise<ProcessInfo> {
  const { folders, answered, silent } = await lookAround(directory, signal);
  const [only, ...others] = answered;
  if (only === undefined) {
    if (silent.length > 0) throw silent[0];
    throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_NONE', { folders });
  }
  if (others.length > 0) {
    const processes = answered.map(namedAs);
    throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_AMBIGUOUS', { processes });
  }
  assertTrusted(look(only.socket) ?? vanished(only.socket));
  return only;
}

async function named(
  target: number | string,
  directory: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ProcessInfo> {
  const paths = typeof target === 'string' ? [resolve(target)] : pathsOf(target, directory);
  for (const path of paths) {
    const pid = pidOf(basename(path));
    const file = look(path);
    if (file === undefined) continue;
    assertTrusted(file);
    if (await removeDead(path, pid)) continue;
    const call = { socket: path, method: 'GET', path: '/v1/process', signal, answerMs: ANSWER_MS } as const;
    const info = readProcessInfo(await askJson(call), path);
    if (info !== undefined) return info;
    const details = { socket: path, request: '/v1/process', reason: 'it does not say who it is' };
    throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_ANSWER_INVALID', details);
  }
  throw await notFound(target, directory, signal);
}

/** Where the socket of a pid may be; for root also where that of another user may be. */
function pathsOf(pid: number, directory: string | undefined): readonly string[] {
  const folders: string[] = [...runtimeFolders(directory)];
  const owner = directory === undefined && ownUid() === 0 ? ownerOf(pid) : undefined;
  if (owner !== undefined && owner !== 0) folders.push(...runtimeFoldersOf(owner));
  return folders.map((folder) => socketPath(folder, pid, 1));
}

/** Whose process it is, where the system says so in `/proc`. */
function ownerOf(pid: number): number | undefined {
  try {
    return statSync(`/proc/${String(pid)}`).uid;
  } catch {
    return undefined;
  }
}

/** The socket at a path; undefined where there is none. @throws `ONEIRIC_ATTACH_FORBIDDEN` where it may not be seen */
function look(path: string): SocketFile | undefined {
  try {
    return findSocket(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') return undefined;
    const owner = statSync(dirname(path), { throwIfNoEntry: false })?.uid ?? null;
    throw forbidden(path, 'its folder is closed to everybody but its owner', owner, cause);
  }
}

async function notFound(
  target: number | string,
  directory: string | undefined,
  signal: AbortSignal | undefined,
): Promise<OneiricError> {
  const known = (await lookAround(directory, signal)).answered.map(namedAs);
  const nearest = nearestName(
    String(target),
    known.map(({ pid, socket }) => (typeof target === 'number' ? String(pid) : socket)),
  );
  return createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_NOT_FOUND', {
    target,
    known,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function vanished(socket: string): never {
  throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_NOT_FOUND', { target: socket, known: [] });
}

function namedAs({ pid, name, socket }: ProcessInfo): NamedProcess {
  return { pid, name, socket };
}

function assertTarget(target: unknown): asserts target is number | string | undefined {
  if (target === undefined) return;
  if (typeof target === 'number' && Number.isSafeInteger(target) && target > 0) return;
  if (typeof target === 'string' && target !== '' && !target.includes('\0')) return;
  throw optionInvalid('target', target, 'a pid, or the path of a socket');
}
