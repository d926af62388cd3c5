import { join } from 'node:path';

import { readPinnedFile } from '../../src/security/pinned-file.js';
import { canPin, type RunModule, runModule } from '../../src/security/run-module.js';
import { aProject } from '../config/a-project.js';

const ESM = '{ "type": "module" }';

/** Runs `file.js`, or a file of another name, of a folder with this package.json. */
async function run(text: string, manifest: string, name = 'file.js'): Promise<RunModule> {
  const root = aProject({ 'package.json': manifest, [name]: text });
  const file = join(root, name);
  const pinned = await readPinnedFile(file, 1000);
  if ('kind' in pinned) throw new Error(pinned.kind);
  return runModule({ path: file, file, root, name }, pinned, undefined);
}

describe('a module, where import() is not that of Node, as here,', () => {
  it('cannot be pinned', async () => {
    expect(await canPin()).toBe(false);
  });

  it.each([
    ['called .cjs', ESM, 'file.cjs'],
    ['of a package that says so', '{ "type": "commonjs" }', 'file.js'],
    ['of a package that says nothing', '{}', 'file.js'],
  ])('is what its module.exports is where it is CommonJS, %s', async (_what, manifest, name) => {
    const module = await run('module.exports = { size: 7 };', manifest, name);
    expect(module).toMatchObject({ exports: { size: 7 }, isCommonJs: true, isPinned: false });
    expect(module.exports).not.toHaveProperty('default');
  });

  it.each([
    ['called .mjs', '{}', 'file.mjs'],
    ['of a package that says so', ESM, 'file.js'],
  ])('is its namespace where it is ESM, %s', async (_what, manifest, name) => {
    const module = await run('export default 1; export const size = 7;', manifest, name);
    expect(module).toMatchObject({ exports: { default: 1, size: 7 }, isCommonJs: false, isPinned: false });
  });

  it('is its namespace also where ESM has an export called as that of CommonJS', async () => {
    const module = await run('const size = 7; export { size as "module.exports" };', ESM);
    expect(module).toMatchObject({ exports: { 'module.exports': 7 }, isCommonJs: false });
  });
});
