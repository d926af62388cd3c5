import { setImmediate } from 'node:timers/promises';

import type { Plugin } from '../../src/plugins/plugin.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { snapshotJson } from '../../src/registry/snapshot-json.js';
import { host, offer } from './a-plugin.js';

/** Loads three plugins, and aborts at the `step`th step that anything in them or in the loading takes. */
async function abortAt(step: number) {
  const registry = new CandidateRegistry();
  const before = candidatesOf(registry);
  const controller = new AbortController();
  let steps = 0;
  const at = (): void => {
    if (++steps === step) controller.abort(new Error('called off'));
  };
  let open = 0;
  const plugin = (name: string): Plugin => ({
    name,
    candidates: [offer(name)],
    async setup() {
      open++;
      at();
      await Promise.resolve();
      at();
      return () => {
        open--;
      };
    },
  });
  const names = ['a', 'b', 'c'];
  const modules = Object.fromEntries(
    names.map((name) => [
      name,
      async () => {
        at();
        await Promise.resolve();
        at();
        return plugin(name);
      },
    ]),
  );
  registry.on('changed', at);
  const load = () => host(registry, modules, { signal: controller.signal });
  const result = await load().catch((error: unknown) => error);
  await setImmediate(); // What hung on after the abort is cleaned up as soon as it comes.
  return { result, steps, open, left: candidatesOf(registry), before };
}

function candidatesOf(registry: CandidateRegistry) {
  return snapshotJson(registry.snapshot()).keys;
}

describe('a load of plugins that is aborted', () => {
  it('leaves nothing behind, at whichever step', async () => {
    const { steps } = await abortAt(0);
    expect(steps).toBeGreaterThan(12);
    let aborted = 0;
    for (let step = 1; step <= steps; step++) {
      const { result, open, left, before } = await abortAt(step);
      if (!(result instanceof Error)) continue;
      aborted++;
      expect([step, result.message, open, left]).toEqual([step, 'called off', 0, before]);
    }
    expect(aborted).toBeGreaterThan(steps - 3);
  });
});
