import type { CandidateRegistry } from '@oneiric/core';

import type { Contender } from '../harness/contender.js';
import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { makeNames, picksOf } from '../harness/names.js';
import { ratioRow, type Row } from '../harness/row.js';
import { filledRegistry } from '../oneiric/filled-registry.js';
import { resolveByKey, resolveByName } from '../oneiric/resolve.js';
import { bareMap } from '../peers/bare-map.js';

const group = 'resolve-size';
const PER_KEY = 10;

/** Whether the size of a registry shows in a read. The same key is asked, so that the processor's caches do not decide it. */
export const resolveSize: Group = {
  name: group,
  async run(pace) {
    const most = pace.quick ? 100_000 : 1_000_000;
    const names = makeNames(most / PER_KEY);
    const small = await filledRegistry(names.slice(0, 1), PER_KEY);
    const large = await filledRegistry(names, PER_KEY);
    const one = picksOf(names.slice(0, 1));
    const samples = await measure(
      {
        'texts, 10': resolveByName(small, one),
        'texts, many': resolveByName(large, one),
        'typed key, 10': resolveByKey(small, one),
        'typed key, many': resolveByKey(large, one),
        'snapshot, 10': snapshots(small),
        'snapshot, many': snapshots(large),
        'bare Map, 10': bareMap(names.slice(0, 1), one),
        'bare Map, many': bareMap(names, one),
      },
      pace,
    );
    const everywhere = picksOf(names);
    const spread = await measure(
      { resolve: resolveByName(large, everywhere), 'bare nested Map': bareMap(names, everywhere) },
      pace,
    );
    const grown = (call: string, kind: string): Row =>
      ratioRow({
        group,
        samples,
        what: `${call}, ${most.toLocaleString('en')} candidates against 10`,
        ours: `${kind}, many`,
        peer: `${kind}, 10`,
        atMost: 1.25,
      });
    return [
      grown('resolve with texts', 'texts'),
      grown('resolve with a typed key', 'typed key'),
      grown('snapshot()', 'snapshot'),
      ratioRow({
        group,
        samples,
        what: `for comparison: a bare nested Map of ${(most / PER_KEY).toLocaleString('en')} keys against one`,
        ours: 'bare Map, many',
        peer: 'bare Map, 10',
      }),
      ratioRow({
        group,
        samples: spread,
        what: `resolve with texts, all over ${(most / PER_KEY).toLocaleString('en')} keys`,
        ours: 'resolve',
        peer: 'bare nested Map',
      }),
    ];
  },
};

function snapshots(registry: CandidateRegistry): Contender {
  const recent: unknown[] = new Array<unknown>(64).fill(undefined);
  return {
    run(turns) {
      for (let turn = 0; turn < turns; turn++) recent[turn & 63] = registry.snapshot();
      return recent;
    },
  };
}
