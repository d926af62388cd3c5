import { join } from 'node:path';

import { moduleFormat } from '../../src/security/module-format.js';
import { aProject } from '../config/a-project.js';

describe('a module', () => {
  it.each([
    ['file.mjs', 'module'],
    ['file.cjs', 'commonjs'],
    ['file.ts', 'typescript'],
    ['file.mts', 'typescript'],
    ['file.cts', 'typescript'],
    ['file.txt', 'unsaid'],
  ])('is what its name says, whatever its package.json says: %s', async (name, format) => {
    const type = format === 'module' ? 'commonjs' : 'module';
    expect(await moduleFormat(join(aProject({ 'package.json': JSON.stringify({ type }) }), name))).toBe(
      format,
    );
  });

  it.each([
    ['module', '{ "type": "module" }'],
    ['commonjs', '{ "type": "commonjs" }'],
    ['unsaid', '{}'],
    ['unsaid', '{ "type": "Module" }'],
    ['unsaid', '{ "type": ["module"] }'],
    ['unsaid', '{ "type": "module"'],
  ])('called .js is %s where the nearest package.json is %s', async (format, text) => {
    const outer = JSON.stringify({ type: format === 'module' ? 'commonjs' : 'module' });
    const folder = aProject({ 'package.json': outer, 'inner/package.json': text });
    expect(await moduleFormat(join(folder, 'inner/file.js'))).toBe(format);
    expect(await moduleFormat(join(folder, 'inner/src/deep/file.js'))).toBe(format);
  });

  it.each(['node_modules/file.js', 'node_modules/acme/file.js', 'node_modules/@acme/redis/src/file.js'])(
    'of a package without a package.json has nothing of the project around it: %s',
    async (name) => {
      expect(await moduleFormat(join(aProject({ 'package.json': '{ "type": "module" }' }), name))).toBe(
        'unsaid',
      );
    },
  );

  it('of a package is what the package.json of the package says', async () => {
    const folder = aProject({
      'package.json': '{ "type": "commonjs" }',
      'node_modules/acme/package.json': '{ "type": "module" }',
    });
    expect(await moduleFormat(join(folder, 'node_modules/acme/src/file.js'))).toBe('module');
  });
});
