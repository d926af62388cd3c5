import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';

import { writeFiles } from './reference-project.js';

/** A module that tells where it ran. It should not. */
const EVIL = `require('node:fs').appendFileSync(process.env.MARKER, __filename + '\\n'); exports.create = () => 'evil';`;
const EVIL_ESM = `import { appendFileSync } from 'node:fs'; appendFileSync(process.env.MARKER, import.meta.url + '\\n'); export const create = () => 'evil'; export default create;`;

/**
 * A project with everything in it, and around it, that a reference must not lead to.
 *
 * @param folder gets `project`, its twin by prefix, and what lies outside of it
 */
export async function createHostileProject(
  folder: string,
): Promise<{ readonly project: string; readonly server: Server }> {
  const project = join(folder, 'project');
  const dependencies = [
    'good',
    'main-up',
    'main-absolute',
    'main-encoded',
    'main-folder',
    'exports-up',
    'exports-encoded',
    'exports-modules',
    'exports-url',
    'exports-builtin',
    'exports-bare',
    'exports-backslash',
    'exports-pattern',
    'exports-null',
    'exports-number',
    'exports-polluted',
    'entry-linked',
    'folder-linked',
    'inner-main',
    'dangling',
    'broken',
    'no-entry',
    'json-main',
    'native',
    'not-installed',
    'Good-Case',
  ];
  writeFiles(folder, {
    'package.json': '{ "name": "not-installed", "main": "evil.cjs", "exports": "./evil.cjs" }',
    'evil.js': EVIL_ESM,
    'evil.mjs': EVIL_ESM,
    'evil.cjs': EVIL,
    'node_modules/above/package.json': '{ "name": "above", "main": "index.js" }',
    'node_modules/above/index.js': EVIL,
    'project-evil/evil.js': EVIL_ESM,
    'project-evil/package.json': '{ "type": "module" }',
    'outside/evil.js': EVIL_ESM,
    'outside/package.json': '{ "type": "module" }',
    'outside/index.js': EVIL_ESM,
  });
  const evil = { 'index.js': EVIL, 'evil.js': EVIL };
  const packages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    good: {
      'package.json': '{ "exports": { ".": "./index.js", "./feature": "./feature.js" } }',
      'internal.js': EVIL,
      'feature.js': 'exports.create = () => 1;',
      ...evil,
    },
    'main-up': { 'package.json': '{ "main": "../../../evil.js" }' },
    'main-absolute': { 'package.json': JSON.stringify({ main: join(folder, 'evil.cjs') }) },
    'main-encoded': { 'package.json': '{ "main": "%2e%2e/%2e%2e/%2e%2e/evil.cjs" }' },
    'main-folder': { 'package.json': '{ "main": "../../../outside" }' },
    'exports-up': {
      'package.json':
        '{ "exports": { ".": "../../../evil.js", "./deep": "./../../../evil.js", "./list": ["../../../evil.js"] } }',
    },
    'exports-encoded': {
      'package.json':
        '{ "exports": { ".": "./%2e%2e/%2e%2e/%2e%2e/evil.cjs", "./half": "./.%2e/.%2e/.%2E/evil.cjs", "./slash": "./..%2f..%2f..%2fevil.cjs" } }',
    },
    'exports-modules': {
      'package.json': '{ "exports": "./node_modules/inner/index.js" }',
      'node_modules/inner/index.js': EVIL,
    },
    'exports-url': {
      'package.json': JSON.stringify({
        exports: {
          '.': `file://${folder}/evil.js`,
          './data': 'data:text/javascript,export const create = 1',
        },
      }),
    },
    'exports-builtin': { 'package.json': '{ "exports": { ".": "node:fs", "./plain": "fs" } }' },
    'exports-bare': { 'package.json': '{ "exports": "transitive" }' },
    'exports-backslash': { 'package.json': '{ "exports": { ".": "./..\\\\..\\\\..\\\\evil.js" } }' },
    'exports-pattern': {
      'package.json': '{ "exports": { "./*": "./src/*", "./up/*": "./../../../*" } }',
      'src/x.js': 'exports.create = 1;',
    },
    'exports-null': {
      'package.json': '{ "exports": { ".": null, "./deny/*": null, "./*": "./*" } }',
      'deny/evil.js': EVIL,
      ...evil,
    },
    'exports-number': { 'package.json': '{ "exports": { "0": "./evil.js" } }', ...evil },
    'exports-polluted': {
      'package.json':
        '{ "__proto__": { "exports": "./evil.js" }, "exports": { "./__proto__": "./evil.js", "./constructor": "../../../evil.js" } }',
      ...evil,
    },
    'entry-linked': { 'package.json': '{ "main": "index.cjs" }' },
    'folder-linked': { 'package.json': '{ "exports": "./lib/evil.js" }' },
    'inner-main': {
      'package.json': '{ "main": "node_modules/inner/index.js" }',
      'node_modules/inner/index.js': EVIL,
    },
    dangling: { 'package.json': '{ "main": "gone.js" }' },
    broken: { 'package.json': '{ "exports": ', ...evil },
    'no-entry': { 'package.json': '{ "exports": {} }', ...evil },
    'json-main': { 'package.json': '{ "main": "data.json" }', 'data.json': '{ "create": 1 }' },
    native: { 'package.json': '{ "main": "addon.node" }', 'addon.node': 'no library' },
    'Good-Case': { 'package.json': '{ "main": "Index.js" }', 'Index.js': 'exports.create = 1;' },
    transitive: { 'package.json': '{ "main": "index.js" }', ...evil },
    '.hidden': { 'package.json': '{ "main": "index.js" }', ...evil },
  };
  writeFiles(project, {
    'package.json': JSON.stringify({
      name: 'shop',
      type: 'module',
      imports: { '#inner': './src/evil.js' },
      dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])),
    }),
    'src/good.js': 'export const create = () => "good"; export class Cache { static create() {} }',
    'src/evil.js': EVIL_ESM,
    'src/Case.js': 'export const create = 1;',
    'src/data.json': '{ "create": 1 }',
    'src/module.wasm': 'no module',
    'src/noext': EVIL,
    'src/page.html': '<p>',
    'src/a%2e.js': EVIL_ESM,
    'src/folder.js/index.js': EVIL_ESM,
    'node_modules/evil.js': EVIL_ESM,
    '.secret/evil.txt': EVIL,
  });
  for (const [name, files] of Object.entries(packages))
    writeFiles(join(project, 'node_modules', name), files);
  const link = (target: string, path: string): void => {
    mkdirSync(join(project, path, '..'), { recursive: true });
    symlinkSync(target, join(project, path));
  };
  link('../../evil.js', 'src/linked.js');
  link(join(folder, 'evil.js'), 'src/absolute.js');
  link('linked.js', 'src/twice.js');
  link('../../outside', 'src/away');
  link('../../project-evil', 'src/twin');
  link('../../project-evil/evil.js', 'src/twin.js');
  link('..', 'src/up');
  link('../..', 'src/above');
  link('nowhere.js', 'src/dangling.js');
  link('circle.js', 'src/circle.js');
  link('/dev/zero', 'src/zero.js');
  link('/dev/stdin', 'src/stdin.js');
  link('/proc/self/environ', 'src/environ.js');
  link('../node_modules/transitive/evil.js', 'src/borrowed.js');
  link('../../../evil.cjs', 'node_modules/entry-linked/index.cjs');
  link('../../../outside', 'node_modules/folder-linked/lib');
  link('page.html', 'src/page.js');
  execFileSync('mkfifo', [join(project, 'src/pipe.js')]);
  if (process.getuid?.() === 0) execFileSync('mknod', [join(project, 'src/device.js'), 'c', '1', '5']);
  else link('/dev/zero', 'src/device.js');
  writeFileSync(join(project, 'src/large.js'), EVIL_ESM);
  truncateSync(join(project, 'src/large.js'), 17 * 1024 * 1024);
  const server = createServer();
  const socket = join(folder, 's');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  renameSync(socket, join(project, 'src/socket.js'));
  return { project, server };
}
