import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Group } from '../harness/group.js';
import { ratioRow } from '../harness/row.js';

const group = 'start-up';
const BIN = fileURLToPath(new URL('../../../packages/cli/bin/oneiric.js', import.meta.url));
const CONFIGURATION = `candidates:
  - { domain: adapter, key: cache, provider: redis, priority: 10, factory: './cache.js#redis' }
  - { domain: adapter, key: cache, provider: memory, factory: './cache.js#memory' }
`;
const BARE = 'node -e 0';

/**
 * How long somebody waits for a command, on the wall, beside a start of Node that does nothing. Each round starts all of
 * them one after the other; a first start of each, which fills caches, is not counted.
 */
export const startUp: Group = {
  name: group,
  async run(pace) {
    const project = mkdtempSync(join(tmpdir(), 'oneiric-start-up-'));
    writeFileSync(join(project, 'oneiric.config.yaml'), CONFIGURATION);
    const commands: Readonly<Record<string, readonly string[]>> = {
      [BARE]: ['-e', '0'],
      'oneiric --version': [BIN, '--version'],
      'oneiric --help': [BIN, '--help'],
      'oneiric explain': [BIN, 'explain', 'adapter/cache'],
    };
    const samples: Readonly<Record<string, number[]>> = Object.fromEntries(
      Object.keys(commands).map((name) => [name, []]),
    );
    for (let round = -1; round < pace.rounds; round++) {
      for (const [name, args] of Object.entries(commands)) {
        const started = performance.now();
        const { status } = spawnSync(process.execPath, args, { cwd: project, stdio: 'ignore' });
        if (status !== 0) throw new Error(`${name} ended with ${status ?? 'a signal'}`);
        if (round >= 0) samples[name]?.push((performance.now() - started) * 1e6);
      }
    }
    rmSync(project, { recursive: true });
    const row = (ours: string, atMost: number) =>
      ratioRow({ group, samples, what: `start of a command: ${ours}`, ours, peer: BARE, atMost });
    return [row('oneiric --version', 2.5), row('oneiric --help', 2.5), row('oneiric explain', 350 / 40)];
  },
};
