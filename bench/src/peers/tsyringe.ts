import 'reflect-metadata';
import { container as rootContainer } from 'tsyringe';

import type { Contender } from '../harness/contender.js';
import { LAST_PICK, type Name } from '../harness/names.js';

/** `container.resolve(token)` of a value. */
export function tsyringe(names: readonly Name[], asked: readonly Name[]): Contender {
  const container = rootContainer.createChildContainer();
  for (const { path, key } of names) container.register<object>(path, { useValue: { key } });
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
