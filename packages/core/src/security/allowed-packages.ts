import { readManifest } from './installed-package.js';

const KINDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'] as const;

/**
 * The packages that code may be loaded from: those of `packages`, or what the package.json of the project depends on,
 * of all four kinds; and in both cases the project itself, by its own name.
 */
export async function allowedPackages(
  projectDir: string,
  packages: readonly string[] | undefined,
): Promise<ReadonlySet<string>> {
  const manifest = (await readManifest(projectDir)) ?? {};
  const direct = packages ?? KINDS.flatMap((kind) => namesIn(manifest[kind]));
  const { name } = manifest;
  return new Set(typeof name === 'string' ? [...direct, name] : direct);
}

function namesIn(dependencies: unknown): readonly string[] {
  return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : [];
}
