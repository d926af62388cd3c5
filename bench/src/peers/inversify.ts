import { Container } from 'inversify';

import type { Contender } from '../harness/contender.js';
import { LAST_PICK, type Name } from '../harness/names.js';

/** `container.get(id)` of a constant; after the first call the plan is cached, so it is one look-up. */
export function inversify(names: readonly Name[], asked: readonly Name[]): Contender {
  const container = new Container();
  for (const { path, key } of names) container.bind<object>(path).toConstantValue({ key });
  return {
    run(turns) {
      let last: unknown;
      let changes = 0;
      for (let turn = 0; turn < turns; turn++) {
        const found = container.get<object>((asked[turn & LAST_PICK] as Name).path);
        if (found !== last) changes++;
        last = found;
      }
      return changes;
    },
  };
}
