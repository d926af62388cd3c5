import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { savedReport } from '../../src/lifecycle/saved-report.js';
import { readStatusFile } from '../../src/lifecycle/status-file.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneiric-keeper-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the status file of a lifecycle', () => {
  it('comes to say what the lifecycle says of why the winner does not run, whatever happens', async () => {
    const statusFile = join(folder, 'status.json');
    const registry = new CandidateRegistry();
    await registry.registerCandidate({
      domain: 'adapter',
      key: 'cache',
      provider: 'memory',
      factory: () => ({}),
    });
    await using lifecycle = new LifecycleManager(registry, { statusFile });

    /** Ends when the file says this; the test hangs, and fails, where it never does. */
    const settles = async (reason: string): Promise<void> => {
      for (;;) {
        const file = await readStatusFile(statusFile);
        const explanation = registry.explain('adapter', 'cache');
        if (file !== undefined && savedReport(file, explanation).running.reason === reason) break;
        await new Promise(setImmediate);
      }
      expect(lifecycle.report('adapter', 'cache').running.reason).toBe(reason);
    };
    const winner = () => registry.require('adapter', 'cache');

    await lifecycle.activate('adapter', 'cache');
    await settles('same');
    await registry.registerCandidate({
      domain: 'adapter',
      key: 'cache',
      provider: 'redis',
      priority: 50,
      factory: () => Promise.reject(new Error('connect failed')),
    });
    await settles('failed');
    await lifecycle.pause('adapter', 'cache');
    await settles('paused');
    await lifecycle.resume('adapter', 'cache');
    await settles('failed');
    await registry.mark(winner(), 'DISABLED', 'it does not work');
    await settles('same');
    await registry.mark(winner(), 'DISABLED', 'nor this');
    await settles('nothing-wins');
    await lifecycle.deactivate('adapter', 'cache');
    await settles('not-running');
  });
});
