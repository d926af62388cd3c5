import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { OneiricError } from '../errors/oneiric-error.js';
import { askJson } from './attach-client.js';
import { assertOptions, DIRECTORY, type ExpectedOptions } from './attach-options.js';
import { isListening } from './is-listening.js';
import { type ProcessInfo, readProcessInfo } from './process-info.js';
import { dangerOf, ownUid, runtimeFolders } from './runtime-folder.js';
import { findSocket, isRunning, pidOf, pidOfUnpublished, removeSocket } from './socket-file.js';

export interface ListProcessesOptions {
  /** The folder of the sockets. Default: where `allowAttach` puts them by default. */
  readonly directory?: string;
}

/** How long a process may take to say who it is. */
export const ANSWER_MS = 5000;

const EXPECTED: ExpectedOptions<ListProcessesOptions> = { directory: DIRECTORY };

/**
 * Every process of this user that can be attached to, by pid. Those that do not answer within 5 seconds are not among
 * them. Removes what processes left behind that were killed: a socket of this user that nobody listens at, and whose
 * process is gone. Nothing else is touched.
 *
 * @throws `ONEIRIC_ATTACH_OPTION_INVALID`, `ONEIRIC_ATTACH_UNSUPPORTED`; `ONEIRIC_ATTACH_UNSAFE` where a folder is not
 *   safe and nothing was found in another
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
  /** The errors of those that took the connection and did not answer. */
  readonly silent: readonly unknown[];
}

export async function lookAround(
  directory: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Surroundings> {
  const folders = runtimeFolders(directory);
  const dangers: Error[] = [];
  const found: string[] = [];
  for (const folder of folders) {
    const names = await namesIn(folder);
    const danger = names === undefined ? undefined : dangerOf(folder, ownUid());
    if (danger !== undefined) dangers.push(danger);
    else found.push(...(names ?? []).map((name) => join(folder, name)));
  }
  const results = await Promise.all(found.map((path) => lookAt(path, signal)));
  signal?.throwIfAborted();
  const answered = results.flatMap((result) =>
    result !== undefined && 'info' in result ? [result.info] : [],
  );
  const silent = results.flatMap((result) =>
    result !== undefined && 'error' in result ? [result.error] : [],
  );
  const [danger] = dangers;
  if (danger !== undefined && answered.length + silent.length === 0) throw danger;
  const byPid = answered.sort((a, b) => a.pid - b.pid || (a.socket < b.socket ? -1 : 1));
  return { folders, answered: Object.freeze(byPid), silent };
}

/** Undefined where the folder is not there, or cannot be looked into. */
async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return undefined;
  }
}

type Look = { readonly info: ProcessInfo } | { readonly error: unknown } | undefined;

async function lookAt(path: string, signal: AbortSignal | undefined): Promise<Look> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const pid = pidOf(name);
  if (pid === undefined && pidOfUnpublished(name) === undefined) return undefined;
  if (await removeDead(path, pid ?? pidOfUnpublished(name))) return undefined;
  if (pid === undefined || findSocket(path)?.uid !== ownUid()) return undefined;
  try {
    const said = await askJson({
      socket: path,
      method: 'GET',
      path: '/v1/process',
      signal,
      answerMs: ANSWER_MS,
    });
    const info = readProcessInfo(said, path);
    return info === undefined ? undefined : { info };
  } catch (error) {
    return OneiricError.is(error, 'ONEIRIC_ATTACH_NO_ANSWER') ? { error } : undefined;
  }
}

/** Removes a socket of this user that nobody listens at and whose process is gone; true where it did. */
export async function removeDead(path: string, pid: number | undefined): Promise<boolean> {
  const file = findSocket(path);
  if (file === undefined || file.uid !== ownUid() || pid === undefined) return false;
  if (isRunning(pid) || (await isListening(path)) || isRunning(pid)) return false;
  removeSocket(file);
  return true;
}
