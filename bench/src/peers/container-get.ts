import { asClass, createContainer } from 'awilix';
import { Container } from 'inversify';

import type { Contender } from '../harness/contender.js';

class Clock {
  readonly now = 42;
}
class Worker {
  readonly clock: Clock;
  constructor({ clock }: { readonly clock: Clock }) {
    this.clock = clock;
  }
}
class PlainWorker {
  readonly clock: Clock;
  constructor(clock: Clock) {
    this.clock = clock;
  }
}

/** `container.get(id)`: a singleton that was made, or a transient that is given it. No decorators, as with ours. */
export function inversifyGet(what: 'singleton' | 'transient'): Contender {
  const container = new Container();
  container.bind(Clock).toSelf().inSingletonScope();
  container
    .bind(PlainWorker)
    .toResolvedValue((clock: Clock) => new PlainWorker(clock), [Clock])
    .inTransientScope();
  const get = what === 'singleton' ? () => container.get(Clock) : () => container.get(PlainWorker);
  return contenderOf(get);
}

/** `container.resolve(name)`. */
export function awilixResolve(what: 'singleton' | 'transient'): Contender {
  const container = createContainer();
  container.register({ clock: asClass(Clock).singleton(), worker: asClass(Worker).transient() });
  const name = what === 'singleton' ? 'clock' : 'worker';
  return contenderOf(() => container.resolve<object>(name));
}

function contenderOf(get: () => object): Contender {
  return {
    run(turns) {
      let last: unknown;
      let changes = 0;
      for (let turn = 0; turn < turns; turn++) {
        const found = get();
        if (found !== last) changes++;
        last = found;
      }
      return changes;
    },
  };
}
