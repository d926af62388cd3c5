import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { allowAttach } from '../../src/attach/allow-attach.js';
import { connectProcess } from '../../src/attach/connect-process.js';
import { listProcesses } from '../../src/attach/list-processes.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';

describe('an operator', () => {
  it('finds a process, sees what runs and swaps it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'attach-'));
    try {
      const registry = new CandidateRegistry();
      const offer = (provider: string, priority: number) => ({
        domain: 'adapter',
        key: 'cache',
        provider,
        priority,
        factory: () => ({ provider }),
      });
      await registry.registerAll([offer('memory', 1), offer('redis', 2)]);
      await using lifecycle = new LifecycleManager(registry);
      await lifecycle.activate('adapter', 'cache');
      const server = await allowAttach({ registry, lifecycle }, { directory, name: 'shop' });
      expect(statSync(server.socket).mode & 0o777).toBe(0o600);
      const found = await listProcesses({ directory });
      expect(found).toMatchObject([{ pid: process.pid, name: 'shop', socket: server.socket, protocol: 1 }]);
      await using attached = await connectProcess(undefined, { directory });
      expect(await attached.statuses()).toMatchObject([{ key: 'cache', running: { provider: 'redis' } }]);
      expect(await attached.report('adapter', 'cache')).toMatchObject({ lifecycle: { state: 'ready' } });
      const phases: unknown[] = [];
      const report = await attached.swap('adapter', 'cache', {
        provider: 'memory',
        onEvent: (event) => phases.push(event),
      });
      expect(report).toMatchObject({ outcome: 'swapped', to: { provider: 'memory' }, problems: [] });
      expect(phases).not.toEqual([]);
      expect(lifecycle.status('adapter', 'cache').running?.provider).toBe('memory');
      await server.close();
      expect(readdirSync(directory)).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
