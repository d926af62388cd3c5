import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { oneiric } from '../support/oneiric.js';
import { cleanEnvironment } from '../support/run.js';
import { RunningProgram } from '../support/running-program.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { TerminalSession } from '../support/terminal-session.js';
import { root } from '../support/workspace.js';

const BIN = join(root, 'packages', 'cli', 'bin', 'oneiric.js');
const TIMEOUT_MS = 120_000;
const folder = createTemporaryFolder('attach');
const cwd = folder.path;
const runtimeDir = join(cwd, 'run');
const env = { ONEIRIC_RUNTIME_DIR: runtimeDir };

/** `slow` takes its time to be built and to be closed, and heeds its signal; `stuck` is built once there is a file `go`. */
const PROGRAM = `
import { CandidateRegistry, LifecycleManager } from '@oneiric/core';
import { allowAttach } from '@oneiric/core/attach';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const registry = new CandidateRegistry();
const lifecycle = new LifecycleManager(registry, { follow: false });
const cache = { domain: 'adapter', key: 'cache' };
await registry.registerAll([
  { ...cache, provider: 'memory', priority: 10, factory: () => new Map() },
  {
    ...cache,
    provider: 'slow',
    factory: async ({ signal }) => {
      await setTimeout(3000, undefined, { signal });
      return { close: () => setTimeout(3000) };
    },
  },
  {
    ...cache,
    provider: 'stuck',
    factory: async () => {
      while (!existsSync('go')) await setTimeout(50);
      return {};
    },
  },
  { ...cache, provider: 'brisk', factory: () => ({}) },
  { ...cache, provider: 'lazy', factory: () => ({ close: () => setTimeout(3000) }) },
  { domain: 'adapter', key: 'mail', provider: 'smtp', factory: () => ({}) },
]);
await lifecycle.activateAll();
void lifecycle.live('adapter', 'mail').use(() => new Promise(() => undefined));
const server = await allowAttach({ registry, lifecycle }, { name: 'orders' });
process.on('SIGTERM', () => server.close());
setInterval(() => {}, 1000);
`;

let program: RunningProgram;

beforeAll(async () => {
  writeFileSync(join(cwd, 'orders.mjs'), PROGRAM);
  program = await RunningProgram.start('orders.mjs', { cwd, runtimeDir });
}, TIMEOUT_MS);

afterAll(() => {
  program[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const swapTo = (provider: string) =>
  oneiric(['swap', 'adapter/cache', '--provider', provider, '--attach', '--quiet'], { cwd, env });
const running = async (): Promise<string | undefined> => {
  const { stdout } = await oneiric(['status', '--attach', '--json'], { cwd, env });
  const { components } = JSON.parse(stdout) as { components: { running: { provider: string } | null }[] };
  return components[0]?.running?.provider;
};

describe('a swap on a terminal', () => {
  it(
    'shows every phase while it goes, each on a line of its own, and then the report',
    async () => {
      const args = ['swap', 'adapter/cache', '--provider', 'lazy', '--attach'];
      using terminal = new TerminalSession(args, { cwd, env, columns: 80, rows: 24 });
      expect(await terminal.ended()).toBe(0);
      const lines = terminal.lines();
      expect(lines.slice(0, 4)).toEqual([
        expect.stringMatching(/^build lazy \S+ m?s$/),
        expect.stringMatching(/^drain memory \S+ m?s$/),
        expect.stringMatching(/^cleanup memory \S+ m?s$/),
        'adapter/cache',
      ]);
      expect(lines[4]).toMatch(/^Swapped from memory to lazy in/);
    },
    TIMEOUT_MS,
  );

  it(
    'says after Ctrl+C that the new one was bound already, and goes on serving',
    async () => {
      const args = ['swap', 'adapter/cache', '--provider', 'memory', '--attach'];
      using terminal = new TerminalSession(args, { cwd, env, columns: 80, rows: 24 });
      await terminal.shows('cleanup lazy …');
      terminal.type('\u0003');
      expect(await terminal.ended()).toBe(130);
      expect(terminal.words()).toMatch(/ONEIRIC_CLI_INTERRUPTED.* bound already: memory serves, and lazy is/);
      expect(await running()).toBe('memory');
    },
    TIMEOUT_MS,
  );

  it(
    'is taken back by Ctrl+C while the new one is built, and says so',
    async () => {
      const args = ['swap', 'adapter/cache', '--provider', 'slow', '--attach'];
      using terminal = new TerminalSession(args, { cwd, env, columns: 80, rows: 24 });
      await terminal.shows('build slow …');
      terminal.type('\u0003');
      expect(await terminal.ended()).toBe(130);
      expect(terminal.words()).toContain('was taken back: memory serves');
      expect(await running()).toBe('memory');
    },
    TIMEOUT_MS,
  );
});

describe('a swap that waits behind another one', () => {
  it(
    'says what it waits for, and after Ctrl+C that it had not begun and the other goes on',
    async () => {
      const attach = ['--attach', String(program.pid)];
      const to = (provider: string) => ['swap', 'adapter/cache', '--provider', provider, ...attach];
      using first = new TerminalSession(to('stuck'), { cwd, env, columns: 80, rows: 24 });
      await first.shows('build stuck …');
      using second = new TerminalSession(to('brisk'), { cwd, env, columns: 80, rows: 24 });
      await second.shows('waiting for: swap (build of stuck) …');
      second.type('\u0003');
      expect(await second.ended()).toBe(130);
      expect(second.words()).toMatch(
        /ONEIRIC_CLI_NOT_BEGUN.*nothing of it was done\. It waited behind another operation, swap \(build of stuck\), which goes on/,
      );
      writeFileSync(join(cwd, 'go'), '');
      expect(await first.ended()).toBe(0);
      expect(await running()).toBe('stuck');
      await swapTo('memory');
    },
    TIMEOUT_MS,
  );
});

describe('a drain on a terminal', () => {
  it(
    'that Ctrl+C ends before its calls have ended says that new calls wait, and how to let them through',
    async () => {
      const args = ['drain', 'adapter/mail', '--attach'];
      using terminal = new TerminalSession(args, { cwd, env, columns: 80, rows: 24 });
      await terminal.shows('Waiting for the calls in flight to end …');
      terminal.type('\u0003');
      expect(await terminal.ended()).toBe(130);
      expect(terminal.words()).toMatch(
        /ONEIRIC_CLI_HOLD_INTERRUPTED.*is paused: new calls wait, and 1 in flight go on.*oneiric resume adapter\/mail --attach/,
      );
      const resumed = await oneiric(['resume', 'adapter/mail', '--attach'], { cwd, env });
      expect(resumed.code).toBe(0);
    },
    TIMEOUT_MS,
  );
});

describe('watch on a terminal', () => {
  it.each([
    [100, 'KEY            RUNNING  STATE  HEALTH   SINCE'],
    [40, 'KEY            RUNNING  STATE  HEALTH'],
  ])(
    'is drawn over itself on %i columns, leaves its last frame, and ends with 0 after Ctrl+C',
    async (columns, headings) => {
      using terminal = new TerminalSession(['watch', '--attach'], { cwd, env, columns, rows: 12 });
      await terminal.shows('What happens is shown here.');
      await swapTo('lazy');
      await terminal.shows('swapped from memory to lazy');
      terminal.type('\u0003');
      expect(await terminal.ended()).toBe(0);
      const lines = terminal.lines();
      expect(lines[0]).toMatch(new RegExp(String.raw`^orders · pid ${String(program.pid)}`));
      expect(lines.filter((line) => line.startsWith('KEY'))).toEqual([expect.stringContaining(headings)]);
      expect(lines.filter((line) => line.startsWith('adapter/cache'))).toEqual([
        expect.stringMatching(/^adapter\/cache {2}lazy/),
      ]);
      expect(lines.length).toBeLessThanOrEqual(12);
      expect(terminal.isCursorVisible()).toBe(true);
      await swapTo('memory');
    },
    TIMEOUT_MS,
  );
});

describe('watch of a process that is stopped', () => {
  it(
    'says that what it shows is not answered for, and goes on when the process does',
    async () => {
      using terminal = new TerminalSession(['watch', '--attach'], { cwd, env, columns: 80, rows: 12 });
      await terminal.shows('What happens is shown here.');
      program.signal('SIGSTOP');
      try {
        await terminal.shows('orders · NO ANSWER for');
      } finally {
        program.signal('SIGCONT');
      }
      await terminal.shows(`orders · pid ${String(program.pid)}`);
      terminal.type('\u0003');
      expect(await terminal.ended()).toBe(0);
      expect(terminal.lines().join('\n')).not.toContain('NO ANSWER');
    },
    TIMEOUT_MS,
  );
});

describe('watch in a pipe', () => {
  it(
    'ends with 0 where its reader has seen enough, as head does',
    async () => {
      const watching = spawn(process.execPath, [BIN, 'watch', '--attach', '--json'], {
        cwd,
        env: { ...cleanEnvironment(), ...env },
      });
      const ended = new Promise((resolve) => watching.on('close', resolve));
      await new Promise((resolve) => watching.stdout.once('data', resolve));
      watching.stdout.destroy();
      await swapTo('brisk');
      expect(await ended).toBe(0);
      await swapTo('memory');
    },
    TIMEOUT_MS,
  );

  it(
    'prints a line for each event, and fails when the process has gone',
    async () => {
      using short = await RunningProgram.start('orders.mjs', { cwd, runtimeDir });
      const attach = `--attach=${String(short.pid)}`;
      const watching = spawn(process.execPath, [BIN, 'watch', attach], {
        cwd,
        env: { ...cleanEnvironment(), ...env },
      });
      let [stdout, stderr] = ['', ''];
      watching.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
      watching.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
      const ended = new Promise((resolve) => watching.on('close', resolve));
      // Until it has begun to listen, what happens is not told.
      for (let swaps = 0; !stdout.includes('swapped') && swaps < 20; swaps++)
        await oneiric(['swap', 'adapter/cache', '--provider', swaps % 2 ? 'memory' : 'brisk', attach], {
          cwd,
          env,
        });
      short.signal('SIGTERM');
      expect(await ended).toBe(1);
      expect(stderr).toMatch(/ONEIRIC_CLI_PROCESS_GONE\norders \(\d+\) has gone/);
      for (const line of stdout.trim().split('\n'))
        expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z adapter\/cache \S/);
      expect(stdout).toMatch(/swapped from \S+ to \S+ in/);
    },
    TIMEOUT_MS,
  );
});
