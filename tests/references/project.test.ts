import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { runWell } from '../support/run.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { NODE, writeFiles } from './reference-project.js';

const folder = createTemporaryFolder('reference-project');
let outcomes: Readonly<Record<string, unknown>> = {};

beforeAll(async () => {
  const project = join(folder.path, 'shop');
  writeFiles(project, FILES);
  const script = fileURLToPath(new URL('run-project.mjs', import.meta.url));
  const keys = ['own', 'typed', 'bought', 'plugged', 'away', 'odd'];
  const output = await runWell(NODE, [script, project, ...keys], { cwd: project });
  outcomes = JSON.parse(output.trim().split('\n').at(-1) ?? '') as typeof outcomes;
});

afterAll(() => {
  folder[Symbol.dispose]();
});

const PACKAGE = JSON.stringify({
  name: 'shop',
  type: 'module',
  dependencies: { 'acme-store': '1.0.0', 'acme-plugin': '1.0.0' },
});
const CONFIG = `
candidates:
  - { domain: adapter, key: own, provider: memory, factory: ./src/memory-store.js#create }
  - { domain: adapter, key: typed, provider: typed, factory: ./src/typed-store.ts#create }
  - { domain: adapter, key: bought, provider: acme, factory: acme-store/lib#createStore }
  - { domain: adapter, key: away, provider: away, factory: left-pad#default }
  - { domain: adapter, key: odd, provider: odd, factory: ./src/memory-store.js#VERSION }
`;
const FILES = {
  'package.json': PACKAGE,
  'oneiric.config.yaml': CONFIG,
  'src/memory-store.js':
    'export const create = () => ({ answer: () => "from the project" }); export const VERSION = "1";',
  'src/typed-store.ts':
    'export const create = (): { answer(): string } => ({ answer: () => "from TypeScript" });',
  'store.js': 'export const create = () => ({ answer: () => "not from the plugin" });',
  'node_modules/acme-plugin/package.json':
    '{ "name": "acme-plugin", "version": "1.0.0", "type": "module", "oneiric": { "plugin": "./plugin.js" } }',
  'node_modules/acme-plugin/plugin.js':
    'export default { name: "acme", candidates: [{ domain: "adapter", key: "plugged", factory: "./store.js#create" }] };',
  'node_modules/acme-plugin/store.js': 'export const create = () => ({ answer: () => "from the plugin" });',
  'node_modules/acme-store/package.json': '{ "name": "acme-store", "exports": { "./lib": "./lib.cjs" } }',
  'node_modules/acme-store/lib.cjs': 'exports.createStore = () => ({ answer: () => "from a package" });',
};

describe('a factory that a configuration in YAML refers to', () => {
  it.each([
    ['own', 'from the project'],
    ['typed', 'from TypeScript'],
    ['bought', 'from a package'],
    ['plugged', 'from the plugin'],
  ])('is loaded when the component starts: %s', (key, answer) => {
    expect(outcomes[key]).toBe(answer);
  });

  it('of a package that the project does not depend on fails the start, with the code of the reference as its cause', () => {
    expect(outcomes['away']).toMatchObject({ cause: 'ONEIRIC_REFERENCE_NOT_ALLOWED' });
  });

  it('has to be a function', () => {
    expect(outcomes['odd']).toHaveProperty('message', expect.stringContaining('"1"'));
  });
});
