import { asValue, createContainer } from 'awilix';

import type { Contender } from '../harness/contender.js';
import { LAST_PICK, type Name } from '../harness/names.js';

/** `container.resolve(name)` of a value, its cheapest kind of registration. */
export function awilix(names: readonly Name[], asked: readonly Name[]): Contender {
  const container = createContainer();
  for (const { path, key } of names) container.register(path, asValue({ key }));
  return {
    run(turns) {
      let last: unknown;
      let changes = 0;
      for (let turn = 0; turn < turns; turn++) {
        const found = container.resolve<object>((asked[turn & LAST_PICK] as Name).path);
        if (found !== last) changes++;
        last = found;
      }
      return changes;
    },
  };
}
