import { CandidateRegistry, defineKey, LifecycleManager, ReentrantLock } from '@oneiric/core';

import type { Contender } from '../harness/contender.js';
import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { makeNames, picksOf } from '../harness/names.js';
import { ratioRow, type Row } from '../harness/row.js';
import { filledRegistry } from '../oneiric/filled-registry.js';
import { Audience } from '../oneiric/listening.js';
import { resolveByKey } from '../oneiric/resolve.js';

const group = 'observability';

class Cache {
  get(key: string): number {
    return key.length;
  }
}

const CACHE = defineKey<Cache>('adapter', 'cache');

/** What it costs that somebody listens. The three take turns in one process, so that they share what the compiler knows. */
export const observability: Group = {
  name: group,
  async run(pace) {
    const audience = new Audience();
    const rows: Row[] = [];
    const compare = async (what: string, make: () => Contender, atMost?: number): Promise<void> => {
      const samples = await measure(
        {
          nobody: audience.with('nobody', make()),
          'nobody, once more': audience.with('nobody', make()),
          'all channels': audience.with('all channels', make()),
          OpenTelemetry: audience.with('OpenTelemetry', make()),
        },
        pace,
      );
      audience.become('nobody');
      const row = { group, samples, peer: 'nobody' };
      const bound = atMost === undefined ? {} : { atMost };
      rows.push(
        ratioRow({
          ...row,
          what: `${what}, nobody listens against nobody listens`,
          ours: 'nobody, once more',
        }),
        ratioRow({ ...row, what: `${what}, all channels are subscribed`, ours: 'all channels', ...bound }),
        ratioRow({ ...row, what: `${what}, with OpenTelemetry`, ours: 'OpenTelemetry', ...bound }),
      );
    };

    const names = makeNames(1000);
    const registry = await filledRegistry(names);
    await compare('resolve', () => resolveByKey(registry, picksOf(names)), 1.1);

    const live = new CandidateRegistry();
    await live.registerCandidate({ ...CACHE, factory: () => new Cache() });
    await using lifecycle = new LifecycleManager(live);
    await lifecycle.activate(CACHE);
    const { proxy } = lifecycle.live(CACHE);
    await compare('a call through a live handle', () => calls(proxy), 1.1);

    const lock = new ReentrantLock();
    await compare('runExclusive, uncontended', () => sections(lock));
    return rows;
  },
};

function calls(cache: Cache): Contender {
  return {
    run(turns) {
      let sum = 0;
      for (let turn = 0; turn < turns; turn++) sum += cache.get('key');
      return sum;
    },
  };
}

function sections(lock: ReentrantLock): Contender {
  const body = (): number => 1;
  return {
    async run(turns) {
      let sum = 0;
      for (let turn = 0; turn < turns; turn++) sum += await lock.runExclusive(body);
      return sum;
    },
  };
}
