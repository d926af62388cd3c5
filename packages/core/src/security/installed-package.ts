import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const MAX_MANIFEST_BYTES = 1_048_576;
const BYTE_ORDER_MARK = /^\uFEFF/;

/** A package as it is installed. */
export interface InstalledPackage {
  /** Absolute. */
  readonly folder: string;
  /** What its package.json holds; undefined where that is no JSON object. */
  readonly manifest: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The package of this name that code in `folder` would import: in the nearest `node_modules` upwards, or the package that
 * the folder is in, where that has the name; none further up. Nothing of it is run.
 */
export async function findInstalledPackage(
  name: string,
  folder: string,
): Promise<InstalledPackage | undefined> {
  let isOwn = true;
  for (let at = folder; ; at = dirname(at)) {
    const inside = join(at, 'node_modules', name);
    if (await isFolder(inside)) return { folder: inside, manifest: await readManifest(inside) };
    if (isOwn && (await hasManifest(at))) {
      isOwn = false;
      const own = await readManifest(at);
      if (own?.['name'] === name) return { folder: at, manifest: own };
    }
    if (dirname(at) === at) return undefined;
  }
}

/** Whether there is a package.json in a folder, which can be read or cannot. */
export async function hasManifest(folder: string): Promise<boolean> {
  try {
    return (await stat(join(folder, 'package.json'))).isFile();
  } catch {
    return false;
  }
}

/**
 * The package.json of a folder, with or without a byte order mark, as Node and npm read it; undefined where there is
 * none that can be read, or it has more than 1 MiB.
 */
export async function readManifest(folder: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const file = join(folder, 'package.json');
    if ((await stat(file)).size > MAX_MANIFEST_BYTES) return undefined;
    const value: unknown = JSON.parse((await readFile(file, 'utf8')).replace(BYTE_ORDER_MARK, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
