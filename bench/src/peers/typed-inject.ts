import { createInjector, type Injector } from 'typed-inject';

import type { Contender } from '../harness/contender.js';
import { LAST_PICK, type Name } from '../harness/names.js';

/**
 * `injector.resolve(token)` of a value. Every `provideValue` puts one more injector in front of the others, so that a
 * look-up walks as many as were added after it.
 */
export function typedInject(names: readonly Name[], asked: readonly Name[]): Contender {
  let injector = createInjector() as Injector<Record<string, object>>;
  for (const { path, key } of names) injector = injector.provideValue(path, { key });
  return {
    run(turns) {
      let last: unknown;
      let changes = 0;
      for (let turn = 0; turn < turns; turn++) {
        const found = injector.resolve((asked[turn & LAST_PICK] as Name).path);
        if (found !== last) changes++;
        last = found;
      }
      return changes;
    },
  };
}
