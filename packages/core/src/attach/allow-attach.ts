import { chmodSync, linkSync, unlinkSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { join } from 'node:path';

import { lockContext } from '../concurrency/lock-context.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import { printable } from '../foundation/printable.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import { assertOptions, DIRECTORY, type ExpectedOptions, optionInvalid, SIGNAL } from './attach-options.js';
import { RequestServer } from './attach-server.js';
import type { AttachTarget } from './attach-target.js';
import { isListening } from './is-listening.js';
import { ownProcessInfo, ownProcessName, type ProcessInfo } from './process-info.js';
import { openRuntimeFolder, runtimeFolders } from './runtime-folder.js';
import { assertPathFits, findSocket, removeSocket, type SocketFile, socketPath } from './socket-file.js';

export interface AllowAttachOptions {
  /** What the process is called where several are listed. Default: the name of its main module. */
  readonly name?: string;
  /** The folder of the socket. Default: that of `ONEIRIC_RUNTIME_DIR`, else one of this user alone. */
  readonly directory?: string;
  /** Closes the server, also before it was opened: `allowAttach` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A process that can be attached to for as long as this is open. */
export interface AttachServer extends AsyncDisposable {
  /** The path of the socket. */
  readonly socket: string;
  /**
   * Removes the socket, ends every stream and every wait of those who are attached, and resolves when all connections
   * are closed, after about a second at most. Once; called again it gives the same promise. Never rejects.
   */
  close(): Promise<void>;
}

const MOST_SERVERS = 99;

/**
 * Lets operators attach to this process: look at what it decided, why, and what runs, and swap, roll back, pause and
 * probe it, with `oneiric … --attach` or `connectProcess`. Everything they do goes through the public methods of the
 * lifecycle, with its checks, order and time limits, as if the application itself had called them.
 *
 * **Who may.** It listens at a Unix domain socket, `<pid>.sock`, never at an address of a network. The folder has the
 * mode 0700 and the socket 0600, and its name appears only when it has; a folder that anybody else could reach into is
 * refused. So the user who runs the process may, and root, who may do everything anyway. There is no other
 * authentication: every program of that user may do all of it, just as it may end the process.
 *
 * **What is told.** Names, settings of the decision, reports and the words of errors, with what looks like a secret
 * redacted; never an instance, a factory or a component's settings. A net under a mistake, not a promise.
 *
 * It does not keep the process alive. The socket is removed by `close`, and when the process exits; one that is left by
 * a process that was killed is removed by whoever looks for processes next. A client that goes away ends its wait: a
 * swap that has not bound the new instance yet is undone, and one that has is finished.
 *
 * On Windows there is no such socket: `ONEIRIC_ATTACH_UNSUPPORTED`.
 *
 * @throws `ONEIRIC_ATTACH_OPTION_INVALID`, `ONEIRIC_ATTACH_UNSUPPORTED`, `ONEIRIC_ATTACH_UNSAFE`,
 *   `ONEIRIC_ATTACH_PATH_TOO_LONG`, `ONEIRIC_ATTACH_NOT_OPENED`, the signal's reason; nothing is left behind then
 */
export async function allowAttach(
  target: AttachTarget,
  options: AllowAttachOptions = {},
): Promise<AttachServer> {
  assertTarget(target);
  assertOptions(options, EXPECTED);
  const { name = ownProcessName(), directory, signal } = options;
  signal?.throwIfAborted();
  const [folder] = runtimeFolders(directory);
  const unpublished = join(folder, `${String(process.pid)}-${randomUUID().slice(0, 8)}.new`);
  assertPathFits(unpublished);
  await openRuntimeFolder(folder);
  let info: ProcessInfo = ownProcessInfo(name, unpublished);
  const server = new RequestServer({ registry: target.registry, lifecycle: target.lifecycle }, () => info);
  let file: SocketFile;
  try {
    await listen(server.http, unpublished);
    file = found(await publish(unpublished, folder));
    info = ownProcessInfo(name, file.path);
  } catch (cause) {
    await server.close();
    if (OneiricError.is(cause)) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    throw createError(
      ATTACH_ERRORS,
      'ONEIRIC_ATTACH_NOT_OPENED',
      { folder, reason: code ?? message },
      { cause },
    );
  }
  const opened = new OpenServer(server, file, signal);
  if (signal?.aborted === true) {
    await opened.close();
    signal.throwIfAborted();
  }
  return opened;
}

/** Outside of every section: what serves a connection runs where it was listened, and may last longer. */
function listen(server: Server, path: string): Promise<void> {
  return lockContext().outside(
    () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(path, () => {
          server.off('error', reject);
          server.unref();
          resolve();
        });
      }),
  );
}

/**
 * Gives the socket its name when it listens already and nobody else may open it: one that is found under its name and
 * refuses a connection is dead. The umask could not do that: it is the whole process's, and other files are made
 * meanwhile.
 */
async function publish(unpublished: string, folder: string): Promise<string> {
  chmodSync(unpublished, 0o600);
  try {
    for (let number = 1; number <= MOST_SERVERS; number++) {
      const path = socketPath(folder, process.pid, number);
      if (tryLink(unpublished, path)) return path;
      const other = findSocket(path);
      if (other === undefined || (await isListening(path))) continue;
      removeSocket(other);
      if (tryLink(unpublished, path)) return path;
    }
    throw new Error(`this process has ${String(MOST_SERVERS)} sockets there already`);
  } finally {
    unlinkSync(unpublished);
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function found(path: string): SocketFile {
  const file = findSocket(path);
  if (file === undefined) throw new Error('somebody removed the socket at once');
  return file;
}

/** The sockets that an exit of the process removes. */
const open = new Set<OpenServer>();

function removeAll(): void {
  for (const server of open) server.remove();
}

class OpenServer implements AttachServer {
  readonly socket: string;
  readonly #server: RequestServer;
  readonly #file: SocketFile;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => void this.close();
  #closed: Promise<void> | undefined;

  constructor(server: RequestServer, file: SocketFile, signal: AbortSignal | undefined) {
    this.socket = file.path;
    this.#server = server;
    this.#file = file;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (open.size === 0) process.on('exit', removeAll);
    open.add(this);
  }

  remove(): void {
    removeSocket(this.#file);
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.remove();
    open.delete(this);
    if (open.size === 0) process.off('exit', removeAll);
    await this.#server.close();
  }
}

/** By what it does, not by its class: it may be of another copy of the package. */
function assertTarget(target: unknown): asserts target is AttachTarget {
  const { registry, lifecycle } = Object(target) as { readonly [K in keyof AttachTarget]?: unknown };
  const { snapshot, on } = Object(registry) as Readonly<Record<string, unknown>>;
  const { swap, report } = Object(lifecycle) as Readonly<Record<string, unknown>>;
  if ([snapshot, on, swap, report].every((method) => typeof method === 'function')) return;
  throw optionInvalid(
    'target',
    target,
    'an object with registry and lifecycle, such as the result of createOneiric',
  );
}

const EXPECTED: ExpectedOptions<AllowAttachOptions> = {
  name: [
    'a text of 1 to 128 characters that a terminal shows as they are',
    (value) =>
      typeof value === 'string' && value.length > 0 && value.length <= 128 && printable(value) === value,
  ],
  directory: DIRECTORY,
  signal: SIGNAL,
};
