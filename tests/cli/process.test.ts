import { mkdirSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

import { oneiric } from '../support/oneiric.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { root } from '../support/workspace.js';

const TIMEOUT_MS = 60_000;
const ONE = '{ domain: "adapter", key: "cache", provider: "redis", factory: () => 1 }';
const folders: TemporaryFolder[] = [];

afterAll(() => {
  for (const folder of folders) folder[Symbol.dispose]();
});

function aProject(files: Readonly<Record<string, string>>): string {
  const folder = createTemporaryFolder('cli');
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
  return folder.path;
}

const resolveIn = (config: string) =>
  oneiric(['resolve', 'adapter', 'cache'], { cwd: aProject({ 'oneiric.config.mjs': config }) });

describe('the process of the command line', () => {
  it(
    'ends although the configuration left something open',
    async () => {
      const result = await resolveIn(
        `setInterval(() => {}, 1000);\nexport default { candidates: [${ONE}] };`,
      );
      expect(result).toEqual({ code: 0, stdout: 'redis\n', stderr: '' });
    },
    TIMEOUT_MS,
  );

  it(
    'keeps stdout for data, whatever the configuration prints',
    async () => {
      const noise = 'console.log("log"); console.error("error"); process.stdout.write("write\\n");';
      const result = await resolveIn(`${noise}\nexport default { candidates: [${ONE}] };`);
      expect(result).toEqual({ code: 0, stdout: 'redis\n', stderr: 'log\nerror\nwrite\n' });
    },
    TIMEOUT_MS,
  );

  it.each([
    ['process.exit(0)', 'process.exit(0);'],
    ['process.exit(1)', 'process.exit(1);'],
  ])(
    'says so, with exit code 2, when the configuration ends it by %s',
    async (_, text) => {
      const { code, stdout, stderr } = await resolveIn(text);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('ONEIRIC_CLI_ENDED');
    },
    TIMEOUT_MS,
  );

  it.each([
    ['a rejection that nobody handles', 'Promise.reject(new Error("late"));'],
    [
      'a timer that throws',
      'setTimeout(() => { throw new Error("late"); }, 0);\nawait new Promise((done) => setTimeout(done, 100));',
    ],
  ])(
    'fails with the message and the place of %s',
    async (_, text) => {
      const { code, stderr } = await resolveIn(`${text}\nexport default { candidates: [${ONE}] };`);
      expect(code).toBe(1);
      expect(stderr).toMatch(/ONEIRIC_CLI_UNCAUGHT[^]*Error: late\n[^]*oneiric\.config\.mjs:1/);
    },
    TIMEOUT_MS,
  );

  it(
    'is quiet when the reader of its output has seen enough',
    async () => {
      const candidates =
        'Array.from({ length: 3000 }, (_, i) => ({ domain: "adapter", key: "k" + i, factory: () => 1 }))';
      const cwd = aProject({ 'oneiric.config.mjs': `export default { candidates: ${candidates} };` });
      const child = spawn(process.execPath, [join(root, 'packages/cli/bin/oneiric.js'), 'list', '--json'], {
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
      child.stdout.once('data', () => child.stdout.destroy());
      const code = await new Promise((resolve) => child.on('close', resolve));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    },
    TIMEOUT_MS,
  );

  it(
    'paints where it is asked to, and never otherwise in a pipe',
    async () => {
      const cwd = aProject({ 'oneiric.config.mjs': `export default { candidates: [${ONE}] };` });
      const plain = await oneiric(['explain', 'adapter/cache'], { cwd });
      const painted = await oneiric(['explain', 'adapter/cache'], { cwd, env: { FORCE_COLOR: '1' } });
      expect(plain.stdout).not.toContain('\u001b');
      expect(painted.stdout).toContain('\u001b[');
      // eslint-disable-next-line no-control-regex -- colour starts with one
      expect(painted.stdout.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
    },
    TIMEOUT_MS,
  );

  it(
    'loads neither the parser nor the core for --version, and not the core for --help',
    async () => {
      const cwd = aProject({});
      const loads = async (...args: string[]): Promise<string> => {
        const child = await oneiric(args, { cwd, env: { NODE_DEBUG: 'esm' } });
        return child.stderr;
      };
      const [version, help] = [await loads('--version'), await loads('--help')];
      expect(version).toContain('cli/dist/main.js');
      expect(version).not.toMatch(/commander|core\/dist/);
      expect(help).toMatch(/commander/);
      expect(help).not.toMatch(/core\/dist/);
    },
    TIMEOUT_MS,
  );
});

describe('a TypeScript configuration', () => {
  const files = {
    'oneiric.config.ts': `import { defineConfig } from '@oneiric/core';
import { redis } from './src/redis.js';
import { Level, memory } from './src/memory';

export default defineConfig({
  stackOrder: ['low'],
  candidates: [redis, { ...memory, priority: Level.High satisfies number }],
});
`,
    'src/redis.ts': `import { defineCandidate } from '@oneiric/core';

interface Cache { get(key: string): string | undefined }

export const redis = defineCandidate<Cache>({
  domain: 'adapter',
  key: 'cache',
  provider: 'redis',
  factory: () => new Map<string, string>(),
});
`,
    'src/memory.ts': `export enum Level { Low = 1, High = 5 }
export const memory = { domain: 'adapter', key: 'cache', provider: 'memory', factory: () => 1 };
`,
  };

  it(
    'loads with nothing else installed, with the TypeScript that it imports and the places of its candidates',
    async () => {
      const cwd = aProject(files);
      const { code, stdout, stderr } = await oneiric(['explain', 'adapter/cache', '--json'], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { candidates } = JSON.parse(stdout) as { candidates: { provider: string; source: object }[] };
      expect(candidates.map(({ provider, source }) => [provider, source])).toEqual([
        ['memory', { kind: 'config', id: 'oneiric.config.ts', file: 'oneiric.config.ts', line: 5 }],
        ['redis', { kind: 'config', id: 'oneiric.config.ts', file: 'src/redis.ts', line: 5 }],
      ]);
    },
    TIMEOUT_MS,
  );

  it(
    'is compiled once where the project has node_modules, and again when it changes',
    async () => {
      const cwd = aProject({ ...files, 'node_modules/.keep': '' });
      const winner = async () => (await oneiric(['resolve', 'adapter/cache'], { cwd })).stdout;
      expect([await winner(), await winner()]).toEqual(['memory\n', 'memory\n']);
      writeFileSync(join(cwd, 'src/memory.ts'), files['src/memory.ts'].replace('High = 5', 'High = -5'));
      expect(await winner()).toBe('redis\n');
    },
    TIMEOUT_MS,
  );
});
