import type { ConfigDocument } from '../config/config-document.js';
import { type ConfigPath, formatPath } from '../config/config-path.js';
import { LayerReport } from '../config/layer-report.js';
import { readJson } from '../config/read-json.js';
import { readMap } from '../config/read-map.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import {
  type LockedDecision,
  type LockedKeys,
  LOCKFILE_NAME,
  LOCKFILE_VERSION,
  type Lockfile,
} from './lockfile.js';
import { LOCKFILE_ERRORS } from './lockfile-errors.js';
import { LOCK_EXPECTED } from './lockfile-words.js';
import { readDecision } from './read-decision.js';

/** A lockfile of ten thousand keys is smaller than that. */
export const MAX_LOCKFILE_BYTES = 16_777_216;
/** So many problems show what kind of file it is. */
const MOST_PROBLEMS = 20;
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?:[ \t].*)?$/m;

/**
 * Reads the text of a lockfile. Properties that this version does not know are passed over; what it knows is checked.
 *
 * @param file what errors call it
 * @throws `ONEIRIC_LOCKFILE_INVALID` with line, column and path of each problem, at most 20 of them;
 *   `ONEIRIC_LOCKFILE_MERGE_CONFLICT`, `ONEIRIC_LOCKFILE_VERSION`, and `ONEIRIC_LOCKFILE_UNREADABLE` where it is larger
 *   than 16 MiB
 */
export async function parseLock(text: string, file: string = LOCKFILE_NAME): Promise<Lockfile> {
  if (text.length > MAX_LOCKFILE_BYTES) throw tooLarge(file, text.length);
  const conflict = CONFLICT.exec(text);
  if (conflict !== null) {
    const line = text.slice(0, conflict.index).split('\n').length;
    throw createError(LOCKFILE_ERRORS, 'ONEIRIC_LOCKFILE_MERGE_CONFLICT', { file, line });
  }
  const document = await readJson(text);
  const report = reportOn(document, file);
  for (const { path, offset, found, expected } of document.problems) {
    const origin = { ...originIn(document, path, offset), file };
    const { line } = origin;
    report.problems.push({
      path: formatPath(path),
      origin,
      found,
      expected,
      excerpt: line === undefined ? [] : document.lines.excerpt(line),
    });
  }
  const lockfile =
    document.problems.length === 0 ? readLockfileValue(document.value, report, file) : undefined;
  if (lockfile === undefined || report.problems.length > 0) {
    const problems = report.problems.slice(0, MOST_PROBLEMS);
    throw createError(LOCKFILE_ERRORS, 'ONEIRIC_LOCKFILE_INVALID', { file, problems });
  }
  return lockfile;
}

export function tooLarge(file: string, size: number): Error {
  const reason = `it has ${String(size)} bytes, and ${String(MAX_LOCKFILE_BYTES)} are the limit`;
  return createError(LOCKFILE_ERRORS, 'ONEIRIC_LOCKFILE_UNREADABLE', { file, reason });
}

function reportOn(document: ConfigDocument, file: string): LayerReport {
  return new LayerReport(file, {
    locate: (path, part) => ({ ...originIn(document, path, document.offsetOf(path, part)), file }),
    excerpt: ({ line }) => (line === undefined ? [] : document.lines.excerpt(line)),
  });
}

function originIn(document: ConfigDocument, path: ConfigPath, offset: number): ValueOrigin {
  return {
    kind: 'config',
    ...(path.length === 0 ? {} : { path: formatPath(path) }),
    ...document.lines.placeOf(offset),
  };
}

function readLockfileValue(value: unknown, report: LayerReport, file: string): Lockfile {
  const form = readMap(value, [], LOCK_EXPECTED.lockfile, report);
  const { schemaVersion: found } = form;
  if (Number.isSafeInteger(found) && (found as number) > LOCKFILE_VERSION) {
    const details = { file, found: found as number, supported: LOCKFILE_VERSION };
    throw createError(LOCKFILE_ERRORS, 'ONEIRIC_LOCKFILE_VERSION', details);
  }
  if (found !== LOCKFILE_VERSION)
    report.wrong(['schemaVersion'], describeValue(found), LOCK_EXPECTED.schemaVersion);
  const keys = form['keys'] === undefined ? undefined : readKeys(form['keys'], ['keys'], report);
  const environments = readEnvironments(form['environments'], report);
  if (keys === undefined && environments.size === 0)
    report.wrong([], 'neither of them', LOCK_EXPECTED.sections);
  return { keys, environments };
}

function readEnvironments(value: unknown, report: LayerReport): ReadonlyMap<string, LockedKeys> {
  const environments = new Map<string, LockedKeys>();
  if (value === undefined) return environments;
  const path = ['environments'];
  for (const [name, section] of Object.entries(readMap(value, path, LOCK_EXPECTED.environments, report))) {
    if (!isName(name))
      report.wrong([...path, name], describeValue(name), LOCK_EXPECTED.name, { part: 'key' });
    const { keys } = readMap(section, [...path, name], LOCK_EXPECTED.environment, report);
    environments.set(name, readKeys(keys, [...path, name, 'keys'], report));
  }
  return environments;
}

function readKeys(value: unknown, path: ConfigPath, report: LayerReport): LockedKeys {
  const decisions: (readonly [string, LockedDecision])[] = [];
  for (const [name, entry] of Object.entries(readMap(value, path, LOCK_EXPECTED.keys, report))) {
    const at = [...path, name];
    const parts = name.split('/');
    if (parts.length !== 2 || !parts.every(isName))
      report.wrong(at, describeValue(name), LOCK_EXPECTED.key, { part: 'key' });
    const decision = readDecision(entry, at, report);
    if (decision !== undefined) decisions.push([name, decision]);
    if (report.problems.length >= MOST_PROBLEMS) break;
  }
  return new Map(decisions.sort(([a], [b]) => (a < b ? -1 : 1)));
}
