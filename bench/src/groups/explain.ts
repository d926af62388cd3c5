import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { makeNames, type Name, picksOf } from '../harness/names.js';
import { ratioRow } from '../harness/row.js';
import { explainByName, explainCold, listActiveOf, stringifyAndHash } from '../oneiric/explain.js';
import { filledRegistry } from '../oneiric/filled-registry.js';
import { resolveByName } from '../oneiric/resolve.js';

const group = 'explain';
const CANDIDATES = 10;

/** What an explanation of ten candidates costs, the first time and again. */
export const explain: Group = {
  name: group,
  async run(pace) {
    const names = makeNames(pace.quick ? 100 : 200);
    const cold = await measure(
      {
        'explain + JSON': explainCold(names, CANDIDATES),
        'JSON.stringify + SHA-256': await stringifyAndHash(names, CANDIDATES),
      },
      pace,
      { turns: names.length },
    );

    const tenKeys = makeNames(1).flatMap(({ domain }) =>
      Array.from({ length: 10 }, (_, index): Name => ({
        domain,
        key: `key-${index}`,
        path: `${domain}/key-${index}`,
      })),
    );
    const asked = picksOf(tenKeys);
    const registry = await filledRegistry(tenKeys, CANDIDATES);
    const repeated = await measure(
      {
        explain: explainByName(registry, asked),
        listActive: listActiveOf(registry, tenKeys[0]?.domain ?? ''),
        resolve: resolveByName(registry, asked),
      },
      pace,
    );
    return [
      ratioRow({
        group,
        samples: cold,
        what: 'first explain of ten candidates, with its JSON',
        ours: 'explain + JSON',
        peer: 'JSON.stringify + SHA-256',
        atMost: 6,
      }),
      ratioRow({
        group,
        samples: repeated,
        what: 'repeated explain of ten candidates',
        ours: 'explain',
        peer: 'resolve',
        atMost: 3,
      }),
      ratioRow({
        group,
        samples: repeated,
        what: 'repeated listActive of ten',
        ours: 'listActive',
        peer: 'resolve',
        atMost: 3,
      }),
    ];
  },
};
