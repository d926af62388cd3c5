import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';

/** Where and with what a run was made. */
export interface Machine {
  readonly node: string;
  readonly v8: string;
  readonly system: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** What else ran: the load of the last minute when the run began. */
  readonly load: number;
  readonly versions: Readonly<Record<string, string>>;
}

const PACKAGES = [
  '@oneiric/core',
  'async-mutex',
  'async-lock',
  'inversify',
  'awilix',
  'tsyringe',
  'typed-inject',
];

export function describeMachine(): Machine {
  const cores = cpus();
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    system: `${platform()} ${release()} ${arch()}`,
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    versions: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  };
}

/** The version that this very package would import. */
function versionOf(name: string): string {
  const require = createRequire(import.meta.url);
  const folders = require.resolve.paths(name) ?? [];
  for (const folder of folders) {
    const manifest = readIfThere(join(folder, name, 'package.json'));
    if (manifest !== undefined) return (JSON.parse(manifest) as { readonly version: string }).version;
  }
  throw new Error(`${name} is not installed beside ${dirname(import.meta.url)}.`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
