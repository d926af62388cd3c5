import { asFunction, createContainer } from 'awilix';

import type { Contender } from '../harness/contender.js';
import { Service } from '../oneiric/service.js';

/** Registers, resolves and disposes of one singleton. */
export function awilixRestart(): Contender {
  return {
    async run(turns) {
      let sum = 0;
      for (let turn = 0; turn < turns; turn++) {
        const container = createContainer<{ clock: Service }>();
        container.register({
          clock: asFunction(() => new Service())
            .singleton()
            .disposer((service) => {
              service[Symbol.dispose]();
            }),
        });
        sum += container.resolve('clock').now();
        await container.dispose();
      }
      return sum;
    },
  };
}
