import { type CandidateRegistry, defineKey, type Key } from '@oneiric/core';

import type { Contender } from '../harness/contender.js';
import { LAST_PICK, type Name, picksOf } from '../harness/names.js';

/** `registry.resolve(domain, key)`. */
export function resolveByName(registry: CandidateRegistry, asked: readonly Name[]): Contender {
  return {
    run(turns) {
      let last: unknown;
      let changes = 0;
      for (let turn = 0; turn < turns; turn++) {
        const { domain, key } = asked[turn & LAST_PICK] as Name;
        const found = registry.resolve(domain, key);
        if (found !== last) changes++;
        last = found;
      }
      return changes;
    },
  };
}

/** `registry.resolve(key)` with a key that `defineKey` made. */
export function resolveByKey(registry: CandidateRegistry, asked: readonly Name[]): Contender {
  const keys: readonly Key[] = asked.map(({ domain, key }) => defineKey(domain, key));
  return {
    run(turns) {
      let last: unknown;
      let changes = 0;
      for (let turn = 0; turn < turns; turn++) {
        const found = registry.resolve(keys[turn & LAST_PICK] as Key);
        if (found !== last) changes++;
        last = found;
      }
      return changes;
    },
  };
}

/** One name, as often as a loop asks. */
export function always(name: Name | undefined): readonly Name[] {
  return picksOf([name ?? { domain: 'adapter', key: 'component.0', path: 'adapter/component.0' }]);
}
