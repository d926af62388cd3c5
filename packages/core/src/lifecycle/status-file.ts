import { open, rename, stat } from 'node:fs/promises';

import { createError, OneiricError } from '../errors/oneiric-error.js';
import { tellWriteFailure, writeFileWhole } from '../foundation/write-file-whole.js';
import { redactText } from '../security/redact.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import { parseStatus } from './parse-status.js';
import { STATUS_VERSION, type StatusFile } from './saved-status.js';

/** One with ten thousand components is smaller than that. */
const MAX_STATUS_BYTES = 16_777_216;

/**
 * Writes a status file, whole or not at all; messages go through `redactText`. Two writes of one file at the same time
 * are the caller's to avoid: `StatusFileWriter` does.
 *
 * @throws `ONEIRIC_LIFECYCLE_STATUS_FILE`, also where it would have more than 16 MiB; what was there is then untouched
 */
export async function writeStatusFile(path: string, content: StatusFile): Promise<void> {
  const text = printStatus(content);
  const size = Buffer.byteLength(text);
  if (size > MAX_STATUS_BYTES) throw failed(path, 'write', tooLarge(size));
  try {
    await writeFileWhole(path, text);
  } catch (cause) {
    throw failed(path, 'write', tellWriteFailure(cause), cause);
  }
}

/**
 * Reads a status file; undefined where there is none. Properties that this version does not know are passed over; all
 * that it knows is checked. The result is frozen, all the way down.
 *
 * @throws `ONEIRIC_LIFECYCLE_STATUS_FILE` where it is damaged, larger than 16 MiB, of a newer form, or no file
 */
export async function readStatusFile(path: string): Promise<StatusFile | undefined> {
  const bytes = await readBytes(path);
  if (bytes === undefined) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw failed(path, 'read', 'it is not UTF-8 text', cause);
  }
  return parseStatus(text, (reason, cause) => failed(path, 'read', reason, cause));
}

/**
 * Makes room for a new status file where the old one cannot be read: renames that to `<path>.unreadable`, as it is, in
 * the place of an earlier one. Does nothing where there is none. What is no file is left alone.
 *
 * @throws `ONEIRIC_LIFECYCLE_STATUS_FILE`
 */
export async function setStatusFileAside(path: string): Promise<void> {
  try {
    if (!(await stat(path)).isFile()) throw failed(path, 'set-aside', 'it is not a file');
    await rename(path, `${path}.unreadable`);
  } catch (cause) {
    if (OneiricError.is(cause)) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw failed(path, 'set-aside', tellWriteFailure(cause), cause);
  }
}

/** JSON with two spaces, and a line end. */
function printStatus({ savedAt, components }: StatusFile): string {
  const form: StatusFile = {
    schemaVersion: STATUS_VERSION,
    savedAt,
    components: components.map((component) => ({
      domain: component.domain,
      key: component.key,
      state: component.state,
      health: component.health,
      running: component.running,
      standing: component.standing,
      lastGood: component.lastGood,
      failure: component.failure.map((link) => ({ ...link, message: redactText(link.message) })),
      attempts: component.attempts,
      durations: component.durations,
      dependencies: component.dependencies,
    })),
  };
  return `${JSON.stringify(form, null, 2)}\n`;
}

async function readBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    // Opening a pipe would wait for somebody who writes into it.
    if (!(await stat(path)).isFile()) throw failed(path, 'read', 'it is not a file');
    await using handle = await open(path);
    const { size } = await handle.stat();
    if (size > MAX_STATUS_BYTES) throw failed(path, 'read', tooLarge(size));
    return await handle.readFile();
  } catch (cause) {
    if (OneiricError.is(cause)) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw failed(path, 'read', code ?? message, cause);
  }
}

function failed(
  file: string,
  failure: 'read' | 'write' | 'set-aside',
  reason: string,
  cause?: unknown,
): OneiricError {
  return createError(
    LIFECYCLE_ERRORS,
    'ONEIRIC_LIFECYCLE_STATUS_FILE',
    { file, failure, reason },
    cause === undefined ? {} : { cause },
  );
}

function tooLarge(size: number): string {
  return `it has ${String(size)} bytes, and ${String(MAX_STATUS_BYTES)} are the limit`;
}
