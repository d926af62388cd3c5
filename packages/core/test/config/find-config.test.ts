import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { findConfig } from '../../src/config/find-config.js';
import { aProject, errorOf } from './a-project.js';

describe('findConfig', () => {
  it.each(['ts', 'mts', 'js', 'mjs', 'json', 'yaml'])('finds oneiric.config.%s', async (extension) => {
    const folder = aProject({ [`oneiric.config.${extension}`]: '' });
    expect(await findConfig(folder)).toBe(join(folder, `oneiric.config.${extension}`));
  });

  it('takes the nearest folder upwards', async () => {
    const folder = aProject({ 'oneiric.config.yaml': '', 'a/oneiric.config.json': '', 'a/b/c/file.txt': '' });
    expect(await findConfig(join(folder, 'a/b/c'))).toBe(join(folder, 'a/oneiric.config.json'));
  });

  it('finds nothing where there is nothing up to the root', async () => {
    expect(
      await findConfig(aProject({ 'oneiric.config.ts.bak': '', 'my.oneiric.config.ts': '' })),
    ).toBeUndefined();
  });

  it('refuses two files in one folder and names both', async () => {
    const folder = aProject({ 'oneiric.config.yaml': '', 'oneiric.config.ts': '' });
    const error = await errorOf('ONEIRIC_CONFIG_AMBIGUOUS', findConfig(folder));
    expect(error.details).toEqual({ folder, files: ['oneiric.config.ts', 'oneiric.config.yaml'] });
  });

  it.each([
    ['yml', 'yaml'],
    ['json5', 'json'],
    ['jsonc', 'json'],
    ['toml', 'yaml'],
    ['cjs', 'mjs'],
    ['cts', 'ts'],
  ])('says that .%s has to be .%s instead of passing it over', async (foreign, ours) => {
    const folder = aProject({ [`oneiric.config.${foreign}`]: '' });
    const error = await errorOf('ONEIRIC_CONFIG_FORMAT', findConfig(folder));
    expect(error.details).toEqual({
      file: join(folder, `oneiric.config.${foreign}`),
      rename: `oneiric.config.${ours}`,
    });
  });

  it('refuses to start where there is no folder', async () => {
    const folder = aProject({ 'a-file': '' });
    const missing = await errorOf('ONEIRIC_CONFIG_UNREADABLE', findConfig(join(folder, 'nowhere')));
    expect(missing.details.reason).toBe('there is no such folder');
    const file = await errorOf('ONEIRIC_CONFIG_UNREADABLE', findConfig(join(folder, 'a-file')));
    expect(file.details.reason).toBe('it is not a folder');
  });

  it('passes over a folder that may not be listed', async () => {
    const folder = aProject({ 'oneiric.config.json': '' });
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o000);
    expect(await findConfig(closed)).toBe(join(folder, 'oneiric.config.json'));
    chmodSync(closed, 0o700);
  });
});
