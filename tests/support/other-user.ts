import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { cleanEnvironment } from './run.js';
import type { CliResult } from './oneiric.js';
import { createTemporaryFolder, type TemporaryFolder } from './temporary-folder.js';
import { readManifest, root } from './workspace.js';

/** Nobody, in every Linux distribution. */
const UID = 65_534;

/**
 * Somebody else on this machine, with a Node and a command line of their own: those of the checkout are not for
 * everybody to read. Only root can be somebody else.
 */
export class OtherUser implements Disposable {
  readonly uid = UID;
  readonly #folder: TemporaryFolder = createTemporaryFolder('other-user');
  readonly #node: string;

  constructor() {
    const { path } = this.#folder;
    chmodSync(path, 0o755);
    this.#node = join(path, 'node');
    copyFileSync(process.execPath, this.#node);
    chmodSync(this.#node, 0o755);
    copyPackage(join(root, 'packages/cli'), join(path, 'node_modules'));
  }

  oneiric(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CliResult> {
    return this.node([join(this.#folder.path, 'node_modules/@oneiric/cli/bin/oneiric.js'), ...args], env);
  }

  node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.#node, args, {
        cwd: this.#folder.path,
        env: { ...cleanEnvironment(), HOME: this.#folder.path, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        uid: UID,
        gid: UID,
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', reject).on('close', (code) => {
        resolve({ code, stdout, stderr });
      });
    });
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}

/** A package and what it needs to run, side by side. */
function copyPackage(source: string, modules: string): void {
  const { name, dependencies = {} } = readManifest(source);
  const target = join(modules, name);
  if (existsSync(target)) return;
  const isOwn = (file: string): boolean =>
    !['node_modules', 'src', 'test'].some((each) => file === join(source, each));
  cpSync(source, target, { recursive: true, dereference: true, filter: isOwn });
  for (const dependency of Object.keys(dependencies)) copyPackage(installed(dependency, source), modules);
}

/** Where a package finds a dependency of its: in the nearest `node_modules` upwards. */
function installed(dependency: string, from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'node_modules', dependency);
    if (existsSync(found)) return realpathSync(found);
  }
  throw new Error(`${dependency} is not installed for ${from}`);
}
