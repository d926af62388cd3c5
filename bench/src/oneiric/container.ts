import { defineKey, type Key } from '@oneiric/core';
import { Resolver } from '@oneiric/core/container';

import { makeComponent, type Part } from '../harness/application.js';
import type { Contender } from '../harness/contender.js';

class Clock {
  readonly now = 42;
}
class Worker {
  readonly clock: Clock;
  constructor(clock: Clock) {
    this.clock = clock;
  }
}

const CLOCK = defineKey<Clock>('service', 'clock');
const WORKER = defineKey<Worker>('service', 'worker');

/** `resolver.get(key)`, of a singleton that runs or of a transient that is given it. */
export async function resolverGet(what: 'singleton' | 'transient'): Promise<Contender> {
  const resolver = new Resolver();
  await resolver.register(Clock, CLOCK);
  await resolver.register(Worker, { ...WORKER, scope: 'transient', inject: [CLOCK] });
  await resolver.getAsync(CLOCK);
  const key: Key = what === 'singleton' ? CLOCK : WORKER;
  return {
    run(turns) {
      let last: unknown;
      let changes = 0;
      for (let turn = 0; turn < turns; turn++) {
        const found = resolver.get(key);
        if (found !== last) changes++;
        last = found;
      }
      return changes;
    },
  };
}

/** Registers an application and starts all of it: as often as there are turns. */
export function startApplication(parts: readonly Part[]): Contender {
  const inputs = parts.map(({ name, needs }) => {
    const inject = Object.fromEntries(needs.map((need, index) => [`need${index}`, need]));
    return {
      domain: 'service',
      key: name,
      inject,
      factory: (context: { readonly inject: Readonly<Record<string, { readonly proxy: unknown }>> }) =>
        makeComponent(
          name,
          Object.values(context.inject).map(({ proxy }) => proxy),
        ),
    };
  });
  return {
    async run(turns) {
      let last: unknown;
      for (let turn = 0; turn < turns; turn++) {
        const resolver = new Resolver();
        await resolver.registry.registerAll(inputs);
        last = await resolver.getAsync('service', 'application');
      }
      return last;
    },
  };
}
