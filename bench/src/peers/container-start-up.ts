import { asFunction, createContainer } from 'awilix';
import { Container } from 'inversify';

import { makeComponent, type Part } from '../harness/application.js';
import type { Contender } from '../harness/contender.js';

/** Binds an application as singletons and gets the first of it, asynchronously, as ours is: as often as there are turns. */
export function inversifyStart(parts: readonly Part[]): Contender {
  return {
    async run(turns) {
      let last: unknown;
      for (let turn = 0; turn < turns; turn++) {
        const container = new Container();
        for (const { name, needs } of parts) {
          container
            .bind(name)
            .toResolvedValue((...given: unknown[]) => makeComponent(name, given), [...needs])
            .inSingletonScope();
        }
        last = await container.getAsync('application');
      }
      return last;
    },
  };
}

/** The same with awilix, which has no asynchronous way. */
export function awilixStart(parts: readonly Part[]): Contender {
  return {
    run(turns) {
      let last: unknown;
      for (let turn = 0; turn < turns; turn++) {
        const container = createContainer<Record<string, object>>();
        for (const { name, needs } of parts) {
          const make = (cradle: Readonly<Record<string, object>>): object =>
            makeComponent(
              name,
              needs.map((need) => cradle[need]),
            );
          container.register(name, asFunction(make).singleton());
        }
        last = container.resolve('application');
      }
      return last;
    },
  };
}
