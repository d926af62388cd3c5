import { dirname } from 'node:path';

import { hasManifest, readManifest } from './installed-package.js';
import { isPackageName } from './package-name.js';

const KINDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/** What the package.json of a project says of packages. */
export interface ProjectPackages {
  /** The name of the project itself. */
  readonly own: string | undefined;
  /** What it names as dependencies, of all four kinds, each once. */
  readonly direct: readonly string[];
}

/**
 * The packages of the project that a folder is in: the nearest package.json upwards decides. Where that cannot be read,
 * there are none; those of a project further up would be somebody else's.
 */
export async function projectPackages(folder: string): Promise<ProjectPackages> {
  const at = await projectFolder(folder);
  if (at === undefined) return { own: undefined, direct: [] };
  const manifest = (await readManifest(at)) ?? {};
  const names = KINDS.flatMap((kind) => namesIn(manifest[kind]));
  const { name: own } = manifest;
  return { own: isPackageName(own) ? own : undefined, direct: [...new Set(names)] };
}

/** The folder of the project that a folder is in: the nearest upwards that has a package.json. */
export async function projectFolder(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    if (await hasManifest(at)) return at;
    if (dirname(at) === at) return undefined;
  }
}

/**
 * The packages that code may be loaded from: those of `packages`, or the direct dependencies of the project; and in both
 * cases the project itself, by its own name.
 */
export async function allowedPackages(
  projectDir: string,
  packages: readonly string[] | undefined,
): Promise<ReadonlySet<string>> {
  const { own, direct } = await projectPackages(projectDir);
  return new Set([...(packages ?? direct), ...(own === undefined ? [] : [own])]);
}

function namesIn(dependencies: unknown): readonly string[] {
  return typeof dependencies === 'object' && dependencies !== null
    ? Object.keys(dependencies).filter(isPackageName)
    : [];
}
