import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { cleanEnvironment } from '../support/run.js';
import { RunningProgram } from '../support/running-program.js';
import { ShellSession } from '../support/shell-session.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { root } from '../support/workspace.js';

/** The shells that have to be there; without the variable, those that are. */
const DEMANDED = process.env['ONEIRIC_SHELLS']?.split(' ');
const isTested = (shell: string): boolean =>
  DEMANDED?.includes(shell) ?? spawnSync(shell, ['-c', 'exit']).status === 0;

const folder = createTemporaryFolder('completion');
const cwd = join(folder.path, 'project');
const runtimeDir = join(folder.path, 'run');
const env = {
  ...cleanEnvironment(),
  ONEIRIC_RUNTIME_DIR: runtimeDir,
  HOME: folder.path,
  TERM: 'dumb',
  PATH: [folder.path, process.env['PATH']].join(delimiter),
};

let program: RunningProgram;

beforeAll(async () => {
  symlinkSync(join(root, 'packages/cli/bin/oneiric.js'), join(folder.path, 'oneiric'));
  mkdirSync(cwd);
  writeFileSync(
    join(cwd, 'oneiric.config.yaml'),
    [
      'environments: { production: {} }',
      'candidates:',
      '  - { domain: adapter, key: cache, provider: redis, capabilities: [kv, ttl], factory: "./c.js#r" }',
      '  - { domain: adapter, key: cache, provider: memory, factory: "./c.js#m" }',
      '  - { domain: service, key: clock, provider: system, factory: "./c.js#s" }',
    ].join('\n'),
  );
  const home = join(folder.path, 'application');
  mkdirSync(home);
  writeFileSync(
    join(home, 'orders.mjs'),
    [
      "import { CandidateRegistry, LifecycleManager } from '@oneiric/core';",
      "import { allowAttach } from '@oneiric/core/attach';",
      'const registry = new CandidateRegistry();',
      "await registry.registerCandidate({ domain: 'queue', key: 'jobs', factory: () => ({}) });",
      'await allowAttach({ registry, lifecycle: new LifecycleManager(registry) });',
      'setInterval(() => {}, 1000);',
    ].join('\n'),
  );
  program = await RunningProgram.start('orders.mjs', { cwd: home, runtimeDir });
});

afterAll(() => {
  program[Symbol.dispose]();
  folder[Symbol.dispose]();
});

/** What is typed before the tab, and what the line is afterwards, in every shell. */
const LINES = [
  ['a command', 'oneiric expl', 'oneiric explain '],
  ['an option', 'oneiric explain adapter/cache --why', 'oneiric explain adapter/cache --why-not '],
  ['a key', 'oneiric resolve adapter/c', 'oneiric resolve adapter/cache '],
  ['a key behind its domain', 'oneiric resolve service cl', 'oneiric resolve service clock '],
  [
    'a provider',
    'oneiric explain adapter/cache --without re',
    'oneiric explain adapter/cache --without redis ',
  ],
  ['a form behind an equals sign', 'oneiric list --format=ma', 'oneiric list --format=markdown '],
  ['a selection', 'oneiric list --select adapter/cache=me', 'oneiric list --select adapter/cache=memory '],
  [
    'the second of two capabilities',
    'oneiric resolve adapter/cache --capability kv,t',
    ' --capability kv,ttl ',
  ],
  ['an environment', 'oneiric list --env pr', 'oneiric list --env production '],
  ['a key of a running process', 'oneiric status --attach queue/', 'oneiric status --attach queue/jobs '],
  ['a file', 'oneiric list --config onei', 'oneiric list --config oneiric.config.yaml '],
] as const;

(isTested('bash') ? describe : noShell)('bash', () => {
  let shell: ShellSession;
  beforeAll(async () => {
    shell = new ShellSession('bash --norc --noprofile -i', { cwd, env });
    await shell.becomes('eval "$(oneiric completion bash)" && echo re""ady\n', 'ready');
  });
  afterAll(() => {
    shell[Symbol.dispose]();
  });

  it.each([
    ...LINES,
    ['a change in quotes', 'oneiric explain adapter/cache --if "priority(re', '"priority(redis)="'],
    ['behind an assignment', 'FOO=1 oneiric comple', 'FOO=1 oneiric completion '],
    ['behind another command', 'true && oneiric reso', 'true && oneiric resolve '],
  ])('completes %s', async (_, typed, line) => {
    await shell.becomes(`${typed}\t`, line);
  });
});

(isTested('zsh') ? describe : noShell)('zsh', () => {
  let shell: ShellSession;
  beforeAll(async () => {
    shell = new ShellSession('zsh -f -i', { cwd, env });
    await shell.becomes(
      'autoload -Uz compinit && compinit -u -D && eval "$(oneiric completion zsh)" && echo re""ady\n',
      'ready',
    );
  });
  afterAll(() => {
    shell[Symbol.dispose]();
  });

  it.each(LINES)('completes %s', async (_, typed, line) => {
    await shell.becomes(`${typed}\t`, line);
  });
});

(isTested('fish') ? describe : noShell)('fish', () => {
  const complete = (line: string): readonly string[] => {
    const script = `oneiric completion fish | source; complete -C '${line}'`;
    const { stdout } = spawnSync('fish', ['--no-config', '-c', script], { cwd, env, encoding: 'utf8' });
    return stdout.trimEnd().split('\n');
  };

  it.each(LINES)('completes %s', (_, typed, line) => {
    const [offered = ''] = complete(typed);
    const [word = ''] = offered.split('\t');
    expect(`${typed.slice(0, typed.lastIndexOf(' ') + 1)}${word} `).toContain(line);
  });

  it('offers the processes that can be attached to, by pid, with their names', () => {
    expect(complete('oneiric status --attach=')).toEqual([`--attach=${String(program.pid)}\torders`]);
  });

  it('offers words about each', () => {
    expect(complete('oneiric resolve service/')).toEqual(['service/clock\tsystem']);
  });
});

/** A shell that is neither there nor demanded has no tests; `.ci/run` demands all of them. */
function noShell(): void {
  return undefined;
}
