import { readdir, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { allowedPackages } from './allowed-packages.js';
import { parseFactoryReference } from './factory-reference.js';
import { findInstalledPackage } from './installed-package.js';
import type { LocatedFile } from './located-file.js';
import { packageEntry } from './package-entry.js';
import { REFERENCE_ERRORS } from './reference-errors.js';

export interface LocateOptions {
  readonly projectDir: string;
  readonly packages?: readonly string[];
  readonly within?: { readonly package: string; readonly folder: string };
}

/** Where something lies that a reference names, before links are followed. */
interface Target {
  readonly path: string;
  readonly folder: string;
  /** `the project`, `the package …`. */
  readonly label: string;
}

/**
 * Follows a reference to its file: text, allowlist, the package's own `exports`, spelling, and at last the links.
 *
 * @throws `ONEIRIC_REFERENCE_REFUSED`, `…_NOT_ALLOWED`, `…_NOT_FOUND`, `…_ESCAPES`
 */
export async function locateReference(reference: string, options: LocateOptions): Promise<LocatedFile> {
  const target = await targetOf(reference, options);
  const { path, folder, label } = target;
  await assertSpelling(reference, target);
  const [root, file] = await Promise.all([realpath(folder), realpath(path)]).catch(() => {
    throw notFound(reference, `there is no file ${nameOf(folder, path)} in ${label}`);
  });
  const name = nameOf(root, file);
  if (!isInside(root, file)) {
    throw createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_ESCAPES', {
      reference: describeValue(reference),
      root: label,
      found: nameOf(folder, path),
    });
  }
  return { path, file, root, name };
}

async function targetOf(reference: string, options: LocateOptions): Promise<Target> {
  const { projectDir, within } = options;
  const parsed = parseFactoryReference(reference);
  if (parsed.kind === 'file') {
    const folder = within?.folder ?? projectDir;
    const label = within === undefined ? 'the project' : `the package ${within.package}`;
    return { path: join(folder, parsed.path), folder, label };
  }
  const isOwn = within?.package === parsed.package;
  if (!isOwn) {
    const allowed = await allowedPackages(projectDir, options.packages);
    if (!allowed.has(parsed.package)) {
      throw createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_NOT_ALLOWED', {
        reference: describeValue(reference),
        package: parsed.package,
        allowed: allowed.size,
        nearest: nearestName(parsed.package, allowed),
      });
    }
  }
  const base = isOwn ? within.folder : projectDir;
  const label = `the package ${parsed.package}`;
  const installed = await findInstalledPackage(parsed.package, base);
  if (installed === undefined) throw notFound(reference, `the package ${parsed.package} is not installed`);
  const path = await packageEntry(parsed, pathToFileURL(join(base, 'package.json')));
  if (path === undefined) {
    const entry = parsed.subpath === '' ? 'main entry' : `entry "${parsed.subpath}"`;
    throw notFound(reference, `${label} has no ${entry}`);
  }
  return { path, folder: installed.folder, label };
}

/** Every part of the path is written as the disk has it, also where the disk would not mind. */
async function assertSpelling(reference: string, { path, folder, label }: Target): Promise<void> {
  if (!isInside(folder, path)) return;
  for (let at = path; at !== folder; at = dirname(at)) {
    const name = nameOf(dirname(at), at);
    const names = await readdir(dirname(at)).catch(() => undefined);
    if (names === undefined || names.includes(name)) continue;
    const nearest = nearestName(name, names);
    throw notFound(reference, `there is no ${nameOf(folder, at)} in ${label}`, nearest);
  }
}

function notFound(reference: string, missing: string, nearest?: string): OneiricError {
  return createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_NOT_FOUND', {
    reference: describeValue(reference),
    missing,
    nearest,
  });
}

function isInside(root: string, file: string): boolean {
  return file.startsWith(root.endsWith(sep) ? root : root + sep);
}

function nameOf(folder: string, file: string): string {
  return relative(folder, file).replaceAll('\\', '/');
}
