import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { nearestName } from '../foundation/nearest-name.js';
import { ATTACH_ERRORS, type NamedProcess } from './attach-errors.js';
import { assertOptions, DIRECTORY, type ExpectedOptions, optionInvalid, SIGNAL } from './attach-options.js';
import { type AttachedProcess, RemoteProcess } from './attached-process.js';
import { askWho, byAge, isNobody, lookAround, removeDead, socketsIn } from './list-processes.js';
import { PROTOCOL, type ProcessInfo } from './process-info.js';
import { entryAt, ownUid, runtimeFolders, runtimeFoldersOf } from './runtime-folder.js';
import {
  assertPathFits,
  assertTrusted,
  findSocket,
  forbidden,
  pidOf,
  type SocketFile,
  socketPath,
} from './socket-file.js';

export interface ConnectProcessOptions {
  /** The folder of the sockets. Default: where `allowAttach` puts them by default. */
  readonly directory?: string;
  /** What asks, as the log of the process is to have it, such as `oneiric/1.2.0`. Default: this package. */
  readonly client?: string;
  /** Ends the attachment and everything that is under way in it, with this signal's reason. */
  readonly signal?: AbortSignal;
}

/** A process by what it calls itself, which is the option `name` of `allowAttach`. */
export interface ProcessName {
  readonly name: string;
}

const EXPECTED: ExpectedOptions<ConnectProcessOptions> = {
  directory: DIRECTORY,
  client: ['a text of 1 to 80 characters', (value) => typeof value === 'string' && /^.{1,80}$/.test(value)],
  signal: SIGNAL,
};

/**
 * Attaches to a running process that allows it: to the one with this pid, at the path of its socket, or with this name,
 * as in `{ name: 'orders' }`, where only one of this user has it; without any of these to the only one of this user.
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
  target?: number | string | ProcessName,
  options: ConnectProcessOptions = {},
): Promise<AttachedProcess> {
  assertTarget(target);
  assertOptions(options, EXPECTED);
  const { directory, client, signal } = options;
  signal?.throwIfAborted();
  ownUid();
  const info =
    target === undefined
      ? await onlyOne(directory, signal)
      : typeof target === 'object'
        ? await called(target, directory, signal)
        : await named(target, directory, signal);
  if (info.protocol > PROTOCOL) {
    const { socket, protocol: found, version } = info;
    throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_PROTOCOL', {
      socket,
      found,
      supported: PROTOCOL,
      version,
    });
  }
  return new RemoteProcess(info, signal, client);
}

async function onlyOne(directory: string | undefined, signal: AbortSignal | undefined): Promise<ProcessInfo> {
  const { folders, answered, silent } = await lookAround(directory, signal);
  if (answered.length + silent.length > 1) throw ambiguous([...answered, ...silent]);
  const [only] = answered;
  if (only !== undefined) return only;
  const [problem] = silent;
  if (problem !== undefined) throw problem.error;
  throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_NONE', { folders });
}

/** Of those that answer: one that does not cannot say what it is called. */
async function called(
  { name }: ProcessName,
  directory: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ProcessInfo> {
  const { answered, silent } = await lookAround(directory, signal);
  const [only, ...others] = answered.filter((info) => info.name === name);
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined) throw ambiguous([only, ...others]);
  const nearest = nearestName(
    name,
    answered.map((info) => info.name),
  );
  throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_NOT_FOUND', {
    target: name,
    isName: true,
    known: [...answered, ...silent].map(namedAs),
    ...(nearest === undefined ? {} : { nearest }),
  });
}

/** The process that was named by a pid or a path; of one with several sockets it has to be the path of one of them. */
async function named(
  target: number | string,
  directory: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ProcessInfo> {
  const paths = typeof target === 'string' ? [resolve(target)] : pathsOf(target, directory);
  const found: ProcessInfo[] = [];
  for (const path of paths) {
    const info = await ask(path, signal);
    if (info !== undefined) found.push(info);
  }
  const [only, ...others] = found;
  if (only === undefined) throw await notFound(target, directory, signal);
  if (others.length > 0) throw ambiguous(found);
  return only;
}

/** Undefined where there is nobody. */
async function ask(path: string, signal: AbortSignal | undefined): Promise<ProcessInfo | undefined> {
  assertPathFits(path);
  const file = look(path);
  if (file === undefined) return undefined;
  assertTrusted(file);
  if (await removeDead(file)) return undefined;
  try {
    return await askWho(path, signal);
  } catch (error) {
    if (isNobody(error)) return undefined;
    throw error;
  }
}

/** Where the sockets of a pid are, or where those of another user would be. */
function pathsOf(pid: number, directory: string | undefined): readonly string[] {
  const own = ownUid();
  const paths = runtimeFolders(directory)
    .flatMap((folder) => socketsIn(folder, own === 0 ? (entryAt(folder)?.uid ?? own) : own))
    .filter((path) => pidOf(path) === pid);
  const owner = ownerOf(pid);
  if (paths.length > 0 || directory !== undefined || owner === undefined || owner === own) return paths;
  return runtimeFoldersOf(owner).map((folder) => socketPath(folder, pid, 1));
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
  const { answered, silent } = await lookAround(directory, signal).catch((error: unknown) => {
    if (typeof target === 'number' || signal?.aborted === true) throw error;
    // It is not where the path leads.
    return { answered: [], silent: [] };
  });
  const known = [...answered, ...silent].map(namedAs);
  // A path may be misspelt. A pid most likely is that of a process that has ended, and no other one is meant by it.
  const sockets = known.map(({ socket }) => socket);
  const nearest = typeof target === 'string' ? nearestName(target, sockets) : undefined;
  return createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_NOT_FOUND', {
    target,
    known,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function ambiguous(processes: readonly NamedProcess[]): OneiricError {
  return createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_AMBIGUOUS', {
    processes: [...processes].sort(byAge).map(namedAs),
  });
}

function namedAs({ pid, name, socket, startedAt, cwd }: NamedProcess): NamedProcess {
  return {
    pid,
    name,
    socket,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(cwd === undefined ? {} : { cwd }),
  };
}

function assertTarget(target: unknown): asserts target is number | string | ProcessName | undefined {
  if (target === undefined) return;
  if (typeof target === 'number' && Number.isSafeInteger(target) && target > 0) return;
  if (typeof target === 'string' && target !== '' && !target.includes('\0')) return;
  const { name, ...rest } = Object(target) as { readonly name?: unknown };
  if (typeof target === 'object' && typeof name === 'string' && name !== '' && Object.keys(rest).length === 0)
    return;
  throw optionInvalid(
    'target',
    target,
    'a pid, the path of a socket, or an object with the name of a process',
  );
}
