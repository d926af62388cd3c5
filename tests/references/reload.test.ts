import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

import { runWell } from '../support/run.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { NODE, writeFiles } from './reference-project.js';

const MODULE = `import { shared } from './shared.js'; export const create = () => ['first', shared];`;
const PLUGIN = `import { create } from './imported.js';
export default {
  name: 'acme',
  candidates: [
    { domain: 'adapter', key: 'referred', factory: './referred.js#create' },
    { domain: 'adapter', key: 'imported', factory: create },
  ],
};`;

it('a plugin that is reloaded runs what its references lead to now, of the same generation as what it imports', async () => {
  using folder = createTemporaryFolder('reload');
  const project = join(folder.path, 'project');
  writeFiles(project, {
    'package.json': '{ "dependencies": { "acme": "1" } }',
    'oneiric.config.json': '{}',
    'node_modules/acme/package.json':
      '{ "name": "acme", "type": "module", "oneiric": { "plugin": "./plugin.js" } }',
    'node_modules/acme/plugin.js': PLUGIN,
    'node_modules/acme/referred.js': MODULE,
    'node_modules/acme/imported.js': MODULE,
    'node_modules/acme/shared.js': 'export const shared = Math.random();',
  });
  const script = fileURLToPath(new URL('reload-plugin.mjs', import.meta.url));
  expect(JSON.parse(await runWell(NODE, [script, project], { cwd: project }))).toEqual({
    state: 'loaded',
    generation: 2,
    texts: ['first', 'first', 'second', 'second'],
    isOneModule: true,
    isTold: false,
  });
});
