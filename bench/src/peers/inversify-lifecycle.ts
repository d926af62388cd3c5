import { Container } from 'inversify';

import type { Contender } from '../harness/contender.js';
import { Service } from '../oneiric/service.js';

const ID = 'service/clock';

/** Binds an asynchronous singleton that is closed when it is unbound. */
function bind(container: Container): void {
  container
    .bind<Service>(ID)
    .toDynamicValue(() => Promise.resolve(new Service()))
    .inSingletonScope()
    .onDeactivation((service) => {
      service[Symbol.dispose]();
    });
}

/** Binds, gets and unbinds one asynchronous singleton. */
export function inversifyRestart(): Contender {
  const container = new Container();
  return {
    async run(turns) {
      let sum = 0;
      for (let turn = 0; turn < turns; turn++) {
        bind(container);
        sum += (await container.getAsync<Service>(ID)).now();
        await container.unbindAsync(ID);
      }
      return sum;
    },
  };
}

/** Rebinds it and builds the new one: between the two nothing is bound, and who holds the old one keeps it. */
export function inversifyRebind(): Contender {
  const container = new Container();
  bind(container);
  return {
    async run(turns) {
      let sum = 0;
      for (let turn = 0; turn < turns; turn++) {
        const rebinding = await container.rebindAsync<Service>(ID);
        rebinding
          .toDynamicValue(() => Promise.resolve(new Service()))
          .inSingletonScope()
          .onDeactivation((service) => {
            service[Symbol.dispose]();
          });
        sum += (await container.getAsync<Service>(ID)).now();
      }
      return sum;
    },
  };
}
