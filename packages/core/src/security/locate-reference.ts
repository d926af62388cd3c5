import { readdir, realpath } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { parseFactoryReference } from './factory-reference.js';
import { findInstalledPackage } from './installed-package.js';
import type { LocatedFile } from './located-file.js';
import { KNOWN_EXTENSIONS } from './module-format.js';
import { packageEntry } from './package-entry.js';
import { allowedPackages } from './project-packages.js';
import { REFERENCE_ERRORS } from './reference-errors.js';

export interface LocateContext {
  readonly projectDir: string;
  readonly packages: readonly string[] | undefined;
  readonly within: { readonly package: string; readonly folder: string } | undefined;
}

/** Where something lies that a reference names, before links are followed. */
interface Target {
  readonly path: string;
  readonly folder: string;
  /** `the project`, `the package …`. */
  readonly label: string;
}

const NAMED_BY_PACKAGE = 'the file that its package.json names';

/**
 * Follows a reference to its file: text, allowlist, the package's own `exports`, spelling, and at last the links.
 *
 * @throws `ONEIRIC_REFERENCE_REFUSED`, `…_NOT_ALLOWED`, `…_NOT_FOUND`, `…_ESCAPES`
 */
export async function locateReference(reference: string, context: LocateContext): Promise<LocatedFile> {
  const target = await targetOf(reference, context);
  const { path, folder, label } = target;
  await assertSpelling(reference, target);
  const [root, file] = await Promise.all([realpath(folder), realpath(path)]).catch(() => {
    throw notFound(reference, `${nameIn(folder, path)} in ${label} leads to nothing`);
  });
  const name = nameIn(root, file);
  // Inside are files of its own; those of a package in its node_modules belong to that package.
  if (!isInside(root, file) || isInPackage(name)) {
    throw escapes(reference, label, isInside(folder, path) ? nameIn(folder, path) : NAMED_BY_PACKAGE);
  }
  if (!KNOWN_EXTENSIONS.includes(extname(file))) {
    throw createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_FILE_INVALID', {
      reference: describeValue(reference),
      file: name,
      found: 'no module of a format that is known by its name',
      expected: KNOWN_EXTENSIONS.join(', '),
    });
  }
  return { path, file, root, name };
}

async function targetOf(reference: string, context: LocateContext): Promise<Target> {
  const { projectDir, packages, within } = context;
  const parsed = parseFactoryReference(reference);
  if (parsed.kind === 'file') {
    const folder = resolve(within?.folder ?? projectDir);
    const label = within === undefined ? 'the project' : `the package ${within.package}`;
    return { path: join(folder, parsed.path), folder, label };
  }
  const isOwn = within?.package === parsed.package;
  if (!isOwn) {
    const allowed = await allowedPackages(projectDir, packages);
    if (!allowed.has(parsed.package)) {
      throw createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_NOT_ALLOWED', {
        reference: describeValue(reference),
        package: parsed.package,
        allowed: allowed.size,
        nearest: nearestName(parsed.package, allowed),
      });
    }
  }
  const base = resolve(isOwn ? within.folder : projectDir);
  const label = `the package ${parsed.package}`;
  const installed = await findInstalledPackage(parsed.package, base);
  if (installed === undefined) throw notFound(reference, `the package ${parsed.package} is not installed`);
  const entry = await packageEntry(parsed, pathToFileURL(join(base, 'package.json')));
  switch (entry.kind) {
    case 'found':
      return { path: entry.path, folder: installed.folder, label };
    case 'escapes':
      throw escapes(reference, label, NAMED_BY_PACKAGE);
    case 'unreadable':
      throw notFound(reference, `the package.json of ${label}, or of where it is named, is no plain JSON`);
    case 'missing': {
      const missing = parsed.subpath === '' ? 'main entry' : `entry "${parsed.subpath}"`;
      throw notFound(reference, `${label} has no ${missing}`);
    }
    default:
      return entry satisfies never;
  }
}

/** Every part of the path is written as the disk has it, also where the disk would not mind. */
async function assertSpelling(reference: string, { path, folder, label }: Target): Promise<void> {
  if (!isInside(folder, path)) return;
  for (let at = path; at !== folder; at = dirname(at)) {
    const name = nameIn(dirname(at), at);
    const names = await readdir(dirname(at)).catch(() => undefined);
    if (names === undefined || names.includes(name)) continue;
    const nearest = nearestName(name, names);
    throw notFound(reference, `there is no ${nameIn(folder, at)} in ${label}`, nearest);
  }
}

function notFound(reference: string, missing: string, nearest?: string): OneiricError {
  return createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_NOT_FOUND', {
    reference: describeValue(reference),
    missing,
    nearest,
  });
}

function escapes(reference: string, root: string, found: string): OneiricError {
  return createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_ESCAPES', {
    reference: describeValue(reference),
    root,
    found,
  });
}

function isInPackage(name: string): boolean {
  return name.toLowerCase().split('/').includes('node_modules');
}

function isInside(root: string, file: string): boolean {
  return file.startsWith(root.endsWith(sep) ? root : root + sep);
}

function nameIn(folder: string, file: string): string {
  return relative(folder, file).replaceAll('\\', '/');
}
