import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CandidateRegistry, LifecycleManager } from '@oneiric/core';
import { allowAttach, type AttachServer } from '@oneiric/core/attach';

import { main } from '../src/main.js';

const before = process.env['ONEIRIC_RUNTIME_DIR'];
const folder = mkdtempSync(join(tmpdir(), 'oneiric-attach-'));
const registry = new CandidateRegistry();
const lifecycle = new LifecycleManager(registry);
let attach: AttachServer;

beforeAll(async () => {
  process.env['ONEIRIC_RUNTIME_DIR'] = folder;
  attach = await allowAttach({ registry, lifecycle }, { name: 'orders' });
});

afterAll(async () => {
  if (before === undefined) delete process.env['ONEIRIC_RUNTIME_DIR'];
  else process.env['ONEIRIC_RUNTIME_DIR'] = before;
  await attach.close();
  await lifecycle.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(line: string) {
  let stderr = '';
  const code = await main(line.split(' '), {
    stdout: { write: () => undefined, isTTY: false, columns: undefined },
    stderr: { write: (text) => void (stderr += text), isTTY: false, columns: undefined },
    env: {},
    cwd: folder,
  });
  return { code, stderr };
}

describe('--attach without a name', () => {
  it('takes no process for the one that is meant where another one does not answer', async () => {
    const silent = createServer();
    silent.listen(join(folder, `${process.ppid}.sock`));
    await once(silent, 'listening');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
    try {
      const asked = run('status --attach');
      await once(silent, 'connection');
      const answered = asked.then(() => true);
      // Who asks waits for the silent one, and for nothing else.
      while (!(await Promise.race([answered, new Promise<false>((go) => setImmediate(go, false))])))
        jest.advanceTimersByTime(100);
      const { code, stderr } = await asked;
      expect(code).toBe(2);
      expect(stderr).toContain('ONEIRIC_CLI_PROCESS_SEVERAL');
      expect(stderr).toContain(`oneiric status --attach ${process.pid}\n`);
      expect(stderr).toMatch(new RegExp(`^${process.pid} +orders +\\S.*$`, 'm'));
      expect(stderr).toMatch(new RegExp(`^${process.ppid} +does not answer$`, 'm'));
    } finally {
      jest.useRealTimers();
      silent.close();
    }
  });

  it('knows a process by its name, in one word with the option', async () => {
    expect(await run('status --attach=orders')).toMatchObject({ code: 0 });
    const misspelt = await run('status --attach=order');
    expect(misspelt.code).toBe(2);
    expect(misspelt.stderr.replace(/\s+/g, ' ')).toContain(
      `ONEIRIC_ATTACH_NOT_FOUND A process called "order" does not let itself be attached to, or has ended. Those that do: ${process.pid} (orders). Did you mean "orders"?`,
    );
  });

  it('takes a word behind the option for a domain, and says how a name is given', async () => {
    const { code, stderr } = await run('status --attach orders');
    expect(code).toBe(3);
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'There is no domain "orders". The process itself is called so: name it by --attach=orders.',
    );
  });

  it('lists those that have the same name, and names one of several by its own', async () => {
    const INFO = { pid: process.ppid, startedAt: new Date().toISOString(), cwd: '/', node: '20.0.0', version: '0.1.0', protocol: 1 }; // prettier-ignore
    let name = 'orders';
    const other = createHttpServer((_, response) => response.end(JSON.stringify({ ...INFO, name })));
    other.listen(join(folder, `${process.ppid}.sock`));
    await once(other, 'listening');
    try {
      const twins = await run('status --attach=orders');
      expect(twins.code).toBe(2);
      expect(twins.stderr).toContain('ONEIRIC_CLI_PROCESS_SEVERAL');
      expect(twins.stderr).toMatch(/--attach \d+\n/);
      name = 'billing';
      const word = await run('status --attach billing');
      expect(word.stderr).toContain('oneiric status --attach=billing\n');
      expect(await run('status --attach=orders')).toMatchObject({ code: 0 });
    } finally {
      other.close();
    }
  });

  it('names the sockets where one process has several', async () => {
    await using second = await allowAttach({ registry, lifecycle });
    const { code, stderr } = await run('status --attach');
    expect(code).toBe(2);
    expect(stderr).toContain('ONEIRIC_ATTACH_AMBIGUOUS');
    expect(stderr.replace(/\s+/g, ' ')).toContain(`${process.pid}-2.sock`);
    expect(second.socket).toContain('-2.sock');
  });
});
