import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

import { oneiric } from '../support/oneiric.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

const TIMEOUT_MS = 60_000;
const folders: TemporaryFolder[] = [];

afterAll(() => {
  for (const folder of folders) folder[Symbol.dispose]();
});

/** A project that depends on a good plugin, and on one of this text. */
function aProjectWith(text: string): string {
  const folder = createTemporaryFolder('stray');
  folders.push(folder);
  const write = (name: string, content: string): void => {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), content);
  };
  const plugin = (name: string, content: string): void => {
    const manifest = { name, version: '1.0.0', type: 'module', oneiric: { plugin: './plugin.js' } };
    write(`node_modules/${name}/package.json`, JSON.stringify(manifest));
    write(`node_modules/${name}/plugin.js`, content);
  };
  const candidate = '{ domain: "adapter", key: "cache", provider: "good", factory: () => 1 }';
  plugin('good', `export default { name: 'good', candidates: [${candidate}] };`);
  plugin('stray', text);
  const dependencies = { good: '1.0.0', stray: '1.0.0' };
  write('package.json', JSON.stringify({ name: 'x', type: 'module', dependencies }));
  return folder.path;
}

const inSetup = (text: string): string => `export default { name: 'stray', setup() { ${text} } };`;
/** Its own import and setup go on until what it began has failed. */
const inTime = 'return new Promise((done) => setTimeout(done, 100));';

/** The command does its work, and notes what went astray. */
async function expectNoted(command: string, cwd: string, told: string): Promise<void> {
  const { code, stderr, stdout } = await oneiric(command.split(' '), { cwd });
  const note = `note: the plugin stray began something that failed, and awaits it nowhere: ${told}\n`;
  expect([command, code, stderr.replaceAll('\n      ', ' ')]).toEqual([command, 0, note]);
  expect(stdout).toContain('good');
}

describe('what a plugin has begun and nobody awaits', () => {
  it.each([
    ['a rejection', inSetup('Promise.reject(new Error("gone astray"));'), 'Error: gone astray'],
    ['a rejection with nothing', inSetup('Promise.reject();'), 'it was rejected with undefined'],
    [
      'a rejection in its module',
      `Promise.reject(new Error('gone astray'));\nexport default { name: 'stray' };`,
      'Error: gone astray',
    ],
    [
      'an error in the next tick',
      inSetup('process.nextTick(() => { throw new Error("gone astray"); });'),
      'Error: gone astray',
    ],
    [
      'an error in a microtask',
      inSetup('queueMicrotask(() => { throw new Error("gone astray"); });'),
      'Error: gone astray',
    ],
    [
      'an error in a timer',
      inSetup(`setTimeout(() => { throw new Error('gone astray'); }, 1); ${inTime}`),
      'Error: gone astray',
    ],
    [
      'a connection that is refused',
      `import { connect } from 'node:net';\n${inSetup(`connect('/nowhere/at/all.sock'); ${inTime}`)}`,
      'Error: connect ENOENT /nowhere/at/all.sock',
    ],
  ])(
    'fails, being %s: that is noted, and harms nobody',
    async (_, text, told) => {
      const cwd = aProjectWith(text);
      await expectNoted('explain adapter/cache', cwd, told);
      const doctor = await oneiric(['doctor', '--json'], { cwd });
      expect([doctor.code, doctor.stderr]).toEqual([2, '']);
      expect(JSON.parse(doctor.stdout)).toMatchObject({
        findings: expect.arrayContaining([
          expect.objectContaining({
            code: 'PLUGIN_STRAY_ERROR',
            text: `The plugin stray began something that failed: ${told}.`,
          }),
        ]),
      });
    },
    TIMEOUT_MS,
  );

  it(
    'harms no other command either',
    async () => {
      const cwd = aProjectWith(inSetup('Promise.reject(new Error("gone astray"));'));
      for (const command of ['list', 'resolve adapter/cache', 'plugins', 'graph'])
        await expectNoted(command, cwd, 'Error: gone astray');
    },
    TIMEOUT_MS,
  );

  it(
    'is no excuse for the configuration, which loads a plugin beside it',
    async () => {
      const cwd = aProjectWith(inSetup(''));
      writeFileSync(join(cwd, 'oneiric.config.mjs'), `Promise.reject(new Error('own'));\nexport default {};`);
      const { code, stderr } = await oneiric(['list'], { cwd });
      expect(code).toBe(1);
      expect(stderr).toContain('ONEIRIC_CLI_UNCAUGHT');
    },
    TIMEOUT_MS,
  );
});
