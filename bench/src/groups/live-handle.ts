import { LifecycleManager, CandidateRegistry, defineKey } from '@oneiric/core';

import type { Contender } from '../harness/contender.js';
import type { Group } from '../harness/group.js';
import { measure, type Samples } from '../harness/measure.js';
import { figureRow, type Row } from '../harness/row.js';
import { median } from '../harness/statistics.js';

const group = 'live-handle';

class Cache {
  readonly #settled = Promise.resolve(1);
  readonly #entry = { size: 1 };
  get(key: string): number {
    return key.length;
  }
  has(key: string, other: number): boolean {
    return key.length === other;
  }
  size(): number {
    return 3;
  }
  entry(_key: string): { readonly size: number } {
    return this.#entry;
  }
  fetch(_key: string): Promise<number> {
    return this.#settled;
  }
}

const CACHE = defineKey<Cache>('adapter', 'cache');

const one = (cache: Cache): Contender => ({
  run(turns) {
    let sum = 0;
    for (let turn = 0; turn < turns; turn++) sum += cache.get('key');
    return sum;
  },
});

const several = (cache: Cache): Contender => ({
  run(turns) {
    let sum = 0;
    for (let turn = 0; turn < turns; turn += 4) {
      sum += cache.get('key') + cache.size() + cache.entry('key').size;
      if (cache.has('key', turn)) sum++;
    }
    return sum;
  },
});

const promise = (cache: Cache): Contender => ({
  async run(turns) {
    let sum = 0;
    for (let turn = 0; turn < turns; turn++) sum += await cache.fetch('key');
    return sum;
  },
});

/**
 * A call through a live handle beside the same call on the instance itself, which by then is compiled into the loop:
 * the whole price, that of a call included. The handle has been swapped before, so that nothing about the instance is
 * taken for constant.
 */
export const liveHandle: Group = {
  name: group,
  async run(pace) {
    const registry = new CandidateRegistry();
    const lifecycle = new LifecycleManager(registry, { follow: false });
    for (const provider of ['first', 'second']) {
      await registry.registerCandidate({
        domain: 'adapter',
        key: 'cache',
        provider,
        factory: () => new Cache(),
      });
    }
    await lifecycle.activate(CACHE);
    const handle = lifecycle.live(CACHE);
    const { proxy } = handle;
    for (const provider of ['first', 'second', 'first']) {
      await lifecycle.swap(CACHE, { provider });
      for (const make of [one, several, promise]) await make(proxy).run(1000);
    }
    const direct = new Cache();
    const rows: Row[] = [];
    const compare = async (
      what: string,
      make: (cache: Cache) => Contender,
      atMost?: number,
    ): Promise<void> => {
      const samples = await measure({ proxy: make(proxy), direct: make(direct) }, pace);
      rows.push(above(`live handle: ${what}, above a direct call`, samples, atMost));
    };
    await compare('synchronous call through proxy', one, 30);
    await compare('synchronous calls of four methods in turn', several);
    await compare('promise-returning call through proxy', promise, 150);
    const read = (cache: Cache): number => cache.get('key');
    const used: Samples<'proxy' | 'direct'> = await measure(
      {
        proxy: {
          async run(turns) {
            let sum = 0;
            for (let turn = 0; turn < turns; turn++) sum += await handle.use(read);
            return sum;
          },
        },
        direct: promise(direct),
      },
      pace,
    );
    rows.push(above('live handle: use(fn), above an awaited direct call', used));
    await lifecycle.close();
    return rows;
  },
};

function above(what: string, samples: Samples<'proxy' | 'direct'>, atMost?: number): Row {
  const differences = samples.proxy.map((value, round) => value - (samples.direct[round] ?? NaN));
  const ours = { name: 'above', value: median(differences), unit: 'ns' as const, samples: differences };
  return figureRow({ group, what, ours, ...(atMost === undefined ? {} : { atMost }) });
}
