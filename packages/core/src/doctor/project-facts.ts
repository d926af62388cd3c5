import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { LoadedConfig } from '../config/loaded-config.js';
import type { PluginReport } from '../plugins/plugin-report.js';
import { findInstalledPackage, readManifest } from '../security/installed-package.js';
import { parseFactoryReference } from '../security/factory-reference.js';
import { allowedPackages } from '../security/project-packages.js';

/** What `doctor` has to know of the machine; everything else follows from the configuration. */
export interface ProjectFacts {
  /** Environment variables that start with `ONEIRIC_` and are set. */
  readonly variables: readonly string[];
  /** Factory references of the configuration that lead nowhere. */
  readonly missingFactories: readonly MissingFactory[];
  /** Factory references of the configuration into packages that it does not allow. */
  readonly foreignFactories: readonly ForeignFactory[];
  /** The packages of Oneiric that code in the project could import, each version once. */
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  /** What became of each plugin. */
  readonly plugins: readonly PluginReport[];
}

export interface MissingFactory {
  readonly reference: string;
  readonly kind: 'file' | 'package';
  readonly missing: string;
}

export interface ForeignFactory {
  readonly reference: string;
  readonly package: string;
}

const SCOPE = '@oneiric';
/** What may stand for a compiled file before it is compiled. */
const SOURCES: readonly (readonly [compiled: RegExp, source: string])[] = [
  [/\.js$/, '.ts'],
  [/\.mjs$/, '.mts'],
];

/** Looks at files, installed packages and variables; `plugins` are reported by who loaded them. Nothing is run. */
export async function gatherProjectFacts(
  { config, projectDir }: Pick<LoadedConfig, 'config' | 'projectDir'>,
  env: Readonly<Record<string, string | undefined>>,
  plugins: readonly PluginReport[] = [],
): Promise<ProjectFacts> {
  const references = new Set(
    config.candidates.map(({ factory }) => factory).filter((factory) => typeof factory === 'string'),
  );
  const [missing, packages, allowed] = await Promise.all([
    Promise.all(Array.from(references, (reference) => checkReference(reference, projectDir))),
    installedOneiric(projectDir),
    allowedPackages(projectDir, config.allowedPackages),
  ]);
  return {
    variables: Object.keys(env)
      .filter((name) => name.startsWith('ONEIRIC_') && (env[name] ?? '').trim() !== '')
      .sort(),
    missingFactories: missing.filter((each) => each !== undefined),
    foreignFactories: Array.from(references).flatMap((reference) => {
      const parsed = parseFactoryReference(reference);
      return parsed.kind === 'file' || allowed.has(parsed.package)
        ? []
        : [{ reference, package: parsed.package }];
    }),
    packages,
    plugins,
  };
}

async function checkReference(text: string, projectDir: string): Promise<MissingFactory | undefined> {
  const reference = parseFactoryReference(text);
  if (reference.kind === 'package') {
    const found = await findInstalledPackage(reference.package, projectDir);
    return found === undefined ? { reference: text, kind: 'package', missing: reference.package } : undefined;
  }
  const { path } = reference;
  const paths = [path, ...SOURCES.map(([compiled, source]) => path.replace(compiled, source))];
  const found = await Promise.all(paths.map((each) => isFile(join(projectDir, each))));
  return found.includes(true) ? undefined : { reference: text, kind: 'file', missing: `./${path}` };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Those in every `node_modules` upwards, and those that these bring along themselves. */
async function installedOneiric(projectDir: string): Promise<ProjectFacts['packages']> {
  const found = new Map<string, { readonly name: string; readonly version: string }>();
  const visit = async (folder: string, depth: number): Promise<void> => {
    const scope = join(folder, 'node_modules', SCOPE);
    for (const name of await namesIn(scope)) {
      const manifest = await readManifest(join(scope, name));
      if (typeof manifest?.['version'] !== 'string') continue;
      const each = { name: `${SCOPE}/${name}`, version: manifest['version'] };
      found.set(`${each.name} ${each.version}`, each);
      if (depth === 0) await visit(join(scope, name), 1);
    }
  };
  for (let at = projectDir; ; at = dirname(at)) {
    await visit(at, 0);
    if (dirname(at) === at) break;
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
