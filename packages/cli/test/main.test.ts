import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { main } from '../src/main.js';
import { renderError } from '../src/render-error.js';
import { createScreen } from '../src/screen.js';

let cwd = '';

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'oneiric-main-'));
  writeFileSync(
    join(cwd, 'oneiric.config.yaml'),
    'candidates: [{ domain: a, key: b, provider: c, factory: "./c.js#make" }]\n',
  );
});

afterAll(() => {
  rmSync(cwd, { recursive: true });
});

async function run(...args: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await main(args, {
    stdout: { write: (text) => void (stdout += text), isTTY: false, columns: undefined },
    stderr: { write: (text) => void (stderr += text), isTTY: false, columns: undefined },
    env: {},
    cwd,
  });
  return { code, stdout, stderr };
}

describe('a run of the command line in a host', () => {
  it('writes data to stdout, returns the exit code, and touches nothing else of the process', async () => {
    const { exitCode } = process;
    expect(await run('resolve', 'a', 'b')).toEqual({ code: 0, stdout: 'c\n', stderr: '' });
    expect(await run('resolve', 'a/x')).toMatchObject({ code: 3, stdout: '' });
    expect(process.exitCode).toBe(exitCode);
  });

  it('prints JSON that parses, and nothing beside it', async () => {
    for (const args of [
      ['explain', 'a/b', '--json'],
      ['explain', 'a/b', '--json', '--why-not', 'nobody'],
      ['explain', 'x/y', '--json'],
      ['resolve', 'a/b', '--json'],
      ['list', '--json'],
    ]) {
      const { stdout } = await run(...args);
      expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1 });
    }
  });

  it.each(['--version', '-V'])('answers %s with the version alone', async (flag) => {
    expect((await run(flag)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await run(flag, 'list')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('a mistake of a user', () => {
  const messageIn = (folder: string, message: string): string => {
    const error = Object.assign(new Error(message), { code: 'ONEIRIC_CLI_USAGE', details: {} });
    const screen = createScreen({ write: () => undefined, isTTY: false, columns: 200 }, {});
    return renderError(error, { screen, cwd: folder, args: [] }).split('\n')[1] ?? '';
  };

  it.each([
    ['/app', 'No file in /app or above.', 'No file in this folder or above.'],
    ['/app', 'Look in /app.', 'Look in this folder.'],
    ['/app', '/app/src/x.ts is bad', 'src/x.ts is bad'],
    ['/app', '/app2/x.ts and /app.d/x.ts and /srv/app/x.ts', '/app2/x.ts and /app.d/x.ts and /srv/app/x.ts'],
    ['/', '/etc/x.yaml is bad', '/etc/x.yaml is bad'],
    ['/a(b', '/a(b/x is bad', 'x is bad'],
  ])('in %s names its files from there: %s', (folder, message, shown) => {
    expect(messageIn(folder, message)).toBe(shown);
  });
});

describe('a mistake of ours', () => {
  it('asks for a report with the versions, the command and the stack', () => {
    const screen = createScreen({ write: () => undefined, isTTY: false, columns: undefined }, {});
    const shown = renderError(new TypeError('x is not a function'), {
      screen,
      cwd,
      args: ['list', '\u001b[2J'],
    });
    expect(shown).toContain('Please report it');
    expect(shown).toContain(`node ${process.versions.node}`);
    expect(shown).toContain('TypeError: x is not a function\n');
    expect(shown).toContain('oneiric list');
    expect(shown).not.toContain('\u001b');
  });
});
