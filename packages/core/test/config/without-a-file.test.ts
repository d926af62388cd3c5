import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { loadConfig } from '../../src/config/load-config.js';
import { watchConfig } from '../../src/config/watch-config.js';
import { loadProject } from '../../src/load-project.js';
import { aProject, errorOf, problemsOf } from './a-project.js';

const PLUGIN = { name: 'acme-redis', version: '1.0.0', oneiric: { plugin: './plugin.js' } };

/** A project that depends on `acme-redis`, installed as this. */
function dependent(manifest: object | undefined, more: Readonly<Record<string, string>> = {}) {
  return {
    'package.json': JSON.stringify({ dependencies: { 'acme-redis': '^1.0.0' } }),
    ...(manifest === undefined
      ? {}
      : {
          'node_modules/acme-redis/package.json': JSON.stringify(manifest),
          'node_modules/acme-redis/plugin.js': '',
        }),
    ...more,
  };
}

describe('a project without a configuration file', () => {
  it('has the empty configuration where a direct dependency is a plugin, and the folder of its package.json', async () => {
    const folder = aProject(dependent(PLUGIN));
    mkdirSync(join(folder, 'src/deep'), { recursive: true });
    const { config, file, projectDir, origins, notices } = await loadConfig({
      cwd: join(folder, 'src/deep'),
      env: { ONEIRIC_SELECTIONS: 'adapter/cache=redis' },
    });
    expect({ file, projectDir, notices }).toEqual({ file: undefined, projectDir: folder, notices: [] });
    expect(config).toMatchObject({ candidates: [], plugins: undefined, settings: {} });
    expect(origins.get('selections.adapter.cache')).toMatchObject({ variable: 'ONEIRIC_SELECTIONS' });
  });

  it('is loaded with what stands for its plugin, where that does not fit the machine', async () => {
    const provides = [{ domain: 'adapter', key: 'cache', provider: 'redis' }];
    const other = { ...PLUGIN, cpu: ['none'], oneiric: { ...PLUGIN.oneiric, provides } };
    await using project = await loadProject({ cwd: aProject(dependent(other)), env: {} });
    expect(project.plugins.reports).toMatchObject([{ package: 'acme-redis', reason: 'CPU_UNSUPPORTED' }]);
    expect(project.registry.explain('adapter', 'cache').candidates).toMatchObject([{ code: 'LOAD_FAILED' }]);
  });

  it.each([
    ['no package.json', {}],
    ['no plugin among its dependencies', dependent({ name: 'acme-redis' })],
    ['a plugin that is not installed', dependent(undefined)],
    [
      'a plugin that only another package depends on',
      { ...dependent(PLUGIN), 'package.json': '{ "dependencies": { "other": "1.0.0" } }' },
    ],
  ])('is none with %s', async (_, files) => {
    const cwd = aProject(files);
    const { message } = await errorOf('ONEIRIC_CONFIG_NOT_FOUND', loadConfig({ cwd, env: {} }));
    expect(message).toContain('plugin');
  });

  it.each([
    ['named by a flag', { file: 'gone.yaml' }, {}],
    ['named by a variable', {}, { ONEIRIC_CONFIG: 'gone.yaml' }],
  ])('still misses the file that is %s', async (_, options, env) => {
    await errorOf(
      'ONEIRIC_CONFIG_UNREADABLE',
      loadConfig({ cwd: aProject(dependent(PLUGIN)), env, ...options }),
    );
  });

  it('counts less than a file in a folder above it', async () => {
    const app = Object.entries(dependent(PLUGIN)).map(([name, text]) => [`app/${name}`, text] as const);
    const folder = aProject({ ...Object.fromEntries(app), 'oneiric.config.json': '{}' });
    const { file } = await loadConfig({ cwd: join(folder, 'app'), env: {} });
    expect(file).toBe(join(folder, 'oneiric.config.json'));
  });

  it('has no environments', async () => {
    expect(await problemsOf(dependent(PLUGIN), { environment: 'production' })).toEqual([
      '--env : the environment "production"',
    ]);
  });

  it('can be watched, and has nothing to follow', async () => {
    await using watch = await watchConfig({ cwd: aProject(dependent(PLUGIN)), env: {} });
    expect(watch.loaded.file).toBeUndefined();
  });
});
