import type { Contender } from '../harness/contender.js';
import { LAST_PICK, type Name } from '../harness/names.js';

/** What one would write by hand: `domains.get(domain)?.get(key)`. */
export function bareMap(names: readonly Name[], asked: readonly Name[]): Contender {
  const domains = new Map<string, Map<string, object>>();
  for (const { domain, key } of names) {
    let keys = domains.get(domain);
    if (keys === undefined) domains.set(domain, (keys = new Map<string, object>()));
    keys.set(key, { key });
  }
  return {
    run(turns) {
      let last: unknown;
      let changes = 0;
      for (let turn = 0; turn < turns; turn++) {
        const { domain, key } = asked[turn & LAST_PICK] as Name;
        const found = domains.get(domain)?.get(key);
        if (found !== last) changes++;
        last = found;
      }
      return changes;
    },
  };
}
