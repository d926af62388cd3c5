import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { root } from '../support/workspace.js';

const dist = join(root, 'packages', 'core', 'dist');

/** Everything that importing a file imports: files, and packages by name. */
function importsOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  for (const [, name = ''] of imports) {
    if (name.startsWith('.')) importsOf(resolve(dirname(file), name), seen);
    else seen.add(name);
  }
  return seen;
}

/** A folder with a copy of Inversify, and of what that needs, as an application has it. */
function copyInversify(folder: string): void {
  const copied = new Set<string>();
  const copy = (name: string, from: string): void => {
    if (copied.has(name)) return;
    copied.add(name);
    const source = realpathSync(join(from, name));
    cpSync(source, join(folder, 'node_modules', name), { recursive: true, dereference: true });
    const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
      readonly dependencies?: Readonly<Record<string, string>>;
    };
    const beside = name.startsWith('@') ? join(source, '..', '..') : join(source, '..');
    for (const needed of Object.keys(manifest.dependencies ?? {})) copy(needed, beside);
  };
  mkdirSync(join(folder, 'node_modules'));
  copy('inversify', join(root, 'packages', 'core', 'node_modules'));
  copy('reflect-metadata', join(root, 'packages', 'core', 'node_modules'));
}

const APPLICATION = `
import { Container, inject } from 'inversify';
import { defineKey } from ${JSON.stringify(join(dist, 'index.js'))};
import { bindRegistry, InjectCandidate, Provides, Resolver, serviceId } from ${JSON.stringify(join(dist, 'container', 'index.js'))};

const CACHE = defineKey('adapter', 'cache');
class Mixed {
  constructor(log, cache) {
    this.told = log + ' ' + cache.name();
  }
}
inject('log')(Mixed, undefined, 0);
InjectCandidate(CACHE)(Mixed, undefined, 1);
Provides({ domain: 'service', key: 'mixed' })(Mixed);

const resolver = new Resolver();
await resolver.registerValue(CACHE, { name: () => 'memory' });
await resolver.register(Mixed);
const container = new Container();
container.bind('log').toConstantValue('log');
container.bind(Mixed).toSelf();
bindRegistry(container, resolver);
console.log(container.get(serviceId(CACHE)).name(), container.get(Mixed).told, (await resolver.getAsync('service', 'mixed')).told);
await resolver.dispose();
`;

describe('Inversify', () => {
  it('is loaded by the entry of the container, and by nothing else of the package', () => {
    const isEngine = (name: string): boolean => /^(inversify|reflect-metadata)/.test(name);
    expect([...importsOf(join(dist, 'index.js'))].filter(isEngine)).toEqual([]);
    expect([...importsOf(join(dist, 'container', 'index.js'))].filter(isEngine)).toEqual(['inversify']);
  });

  it('may be another copy in the application than the one that our decorators are made with', () => {
    using folder = createTemporaryFolder('copies');
    copyInversify(folder.path);
    const file = join(folder.path, 'application.mjs');
    writeFileSync(file, APPLICATION);
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toBe('memory log memory log memory\n');
  });
});
