import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
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

  it('names the sockets where one process has several', async () => {
    await using second = await allowAttach({ registry, lifecycle });
    const { code, stderr } = await run('status --attach');
    expect(code).toBe(2);
    expect(stderr).toContain('ONEIRIC_ATTACH_AMBIGUOUS');
    expect(stderr.replace(/\s+/g, ' ')).toContain(`${process.pid}-2.sock`);
    expect(second.socket).toContain('-2.sock');
  });
});
