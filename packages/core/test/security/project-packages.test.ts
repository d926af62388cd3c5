import { mkdirSync } from 'node:fs';
import { join, parse } from 'node:path';

import { allowedPackages, projectPackages } from '../../src/security/project-packages.js';
import { aProject } from '../config/a-project.js';

function packagesOf(manifest: unknown): ReturnType<typeof projectPackages> {
  return projectPackages(aProject({ 'package.json': JSON.stringify(manifest) }));
}

describe('the packages of a project', () => {
  it('are its dependencies of all four kinds, each once', async () => {
    const manifest = {
      name: '@acme/app',
      dependencies: { redis: '1', ioredis: '1' },
      devDependencies: { jest: '1' },
      peerDependencies: { redis: '1', '@acme/core': '1' },
      optionalDependencies: { fsevents: '1' },
    };
    expect(await packagesOf(manifest)).toEqual({
      own: '@acme/app',
      direct: ['redis', 'ioredis', 'jest', '@acme/core', 'fsevents'],
    });
  });

  it.each([
    ['no dependencies', { name: 'app' }],
    ['null in their place', { name: 'app', dependencies: null, devDependencies: null }],
    ['a text in their place', { name: 'app', dependencies: 'redis' }],
    ['a number in their place', { name: 'app', dependencies: 7 }],
    ['what is no name of a package', { name: 'app', dependencies: { '../redis': '1', '': '1' } }],
  ])('are none where its package.json has %s', async (_what, manifest) => {
    expect(await packagesOf(manifest)).toEqual({ own: 'app', direct: [] });
  });

  it.each([[{}], [{ name: '../app' }], [{ name: 7 }], [null], [[]]])(
    'have no project among them where its package.json does not name it: %j',
    async (manifest) => {
      expect(await packagesOf(manifest)).toEqual({ own: undefined, direct: [] });
    },
  );

  it('are none where no folder upwards has a package.json', async () => {
    expect(await projectPackages(parse(process.cwd()).root)).toEqual({ own: undefined, direct: [] });
  });

  it('are those of the nearest package.json, also where that cannot be read', async () => {
    const folder = aProject({
      'package.json': '{ "name": "app", "dependencies": { "redis": "1" } }',
      'inner/package.json': '{',
    });
    mkdirSync(join(folder, 'src/deep'), { recursive: true });
    expect(await projectPackages(join(folder, 'src/deep'))).toEqual({ own: 'app', direct: ['redis'] });
    expect(await projectPackages(join(folder, 'inner'))).toEqual({ own: undefined, direct: [] });
  });
});

describe('the packages that code may be loaded from', () => {
  it('are the dependencies and the project itself, or a list in the place of the dependencies', async () => {
    const folder = aProject({ 'package.json': '{ "name": "app", "dependencies": { "redis": "1" } }' });
    expect([...(await allowedPackages(folder, undefined))]).toEqual(['redis', 'app']);
    expect([...(await allowedPackages(folder, ['jest']))]).toEqual(['jest', 'app']);
  });
});
