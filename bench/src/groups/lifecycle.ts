import { CandidateRegistry, defineKey, LifecycleManager } from '@oneiric/core';

import type { Contender } from '../harness/contender.js';
import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { ratioRow } from '../harness/row.js';
import { Service } from '../oneiric/service.js';
import { awilixRestart } from '../peers/awilix-lifecycle.js';
import { inversifyRebind, inversifyRestart } from '../peers/inversify-lifecycle.js';

const group = 'lifecycle';
const SERVICE = defineKey<Service>('service', 'clock');
const PROVIDERS = ['first', 'second'] as const;

/**
 * What it costs to start and stop one component, and to put another in its place. The peers build and close the same
 * class; none of them asks it how it is, drains it, bounds it in time or can fail without losing what ran before.
 */
export const lifecycle: Group = {
  name: group,
  async run(pace) {
    const manager = await managerOfTwo();
    const restart: Contender = {
      async run(turns) {
        let sum = 0;
        for (let turn = 0; turn < turns; turn++) {
          sum += (await manager.activate(SERVICE)).now();
          await manager.deactivate(SERVICE);
        }
        return sum;
      },
    };
    const started = await measure(
      { 'start and stop': restart, inversify: inversifyRestart(), awilix: awilixRestart() },
      pace,
    );
    const swapping = await managerOfTwo();
    await swapping.activate(SERVICE);
    const swap: Contender = {
      async run(turns) {
        let phases = 0;
        for (let turn = 0; turn < turns; turn++) {
          const [first, second] = PROVIDERS;
          const provider = swapping.status(SERVICE).running?.provider === first ? second : first;
          phases += (await swapping.swap(SERVICE, { provider })).phases.length;
        }
        return phases;
      },
    };
    const swapped = await measure({ swap, 'inversify rebindAsync': inversifyRebind() }, pace);
    await manager.close();
    await swapping.close();
    return [
      ratioRow({
        group,
        what: 'one component: activate and deactivate',
        ours: 'start and stop',
        peer: 'inversify',
        samples: started,
      }),
      ratioRow({
        group,
        what: 'one component: activate and deactivate',
        ours: 'start and stop',
        peer: 'awilix',
        samples: started,
      }),
      ratioRow({
        group,
        what: 'swap of a running component, health check and drain included',
        ours: 'swap',
        peer: 'inversify rebindAsync',
        samples: swapped,
      }),
    ];
  },
};

async function managerOfTwo(): Promise<LifecycleManager> {
  const registry = new CandidateRegistry();
  await registry.registerAll(
    PROVIDERS.map((provider) => ({
      ...SERVICE,
      provider,
      factory: () => new Service(),
      health: () => true,
    })),
  );
  return new LifecycleManager(registry, { follow: false });
}
