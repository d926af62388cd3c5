import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { makeNames, picksOf } from '../harness/names.js';
import { ratioRow } from '../harness/row.js';
import { filledRegistry } from '../oneiric/filled-registry.js';
import { resolveByKey, resolveByName } from '../oneiric/resolve.js';
import { bareMap } from '../peers/bare-map.js';

const group = 'resolve-mixed';

/** Texts and typed keys in one program, so that the compiler has seen `resolve` with both. */
export const resolveMixed: Group = {
  name: group,
  async run(pace) {
    const names = makeNames(1000);
    const asked = picksOf(names);
    const registry = await filledRegistry(names);
    const samples = await measure(
      {
        'resolve(domain, key)': resolveByName(registry, asked),
        'resolve(key)': resolveByKey(registry, asked),
        'bare nested Map': bareMap(names, asked),
      },
      pace,
    );
    const row = { group, samples, peer: 'bare nested Map' };
    return [
      ratioRow({
        ...row,
        what: 'resolve with texts, where both forms are used',
        ours: 'resolve(domain, key)',
        atMost: 1.5,
      }),
      ratioRow({
        ...row,
        what: 'resolve with a typed key, where both forms are used',
        ours: 'resolve(key)',
        atMost: 0.7,
      }),
    ];
  },
};
