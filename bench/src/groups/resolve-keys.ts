import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { makeNames, type Name, picksOf } from '../harness/names.js';
import { ratioRow } from '../harness/row.js';
import { filledRegistry } from '../oneiric/filled-registry.js';
import { always, resolveByKey } from '../oneiric/resolve.js';
import { awilix } from '../peers/awilix.js';
import { bareMap } from '../peers/bare-map.js';
import { inversify } from '../peers/inversify.js';

const KEYS = 1000;

/** `resolve` with a typed key; the peers are asked by text, which is all they have. */
export const resolveKeys = group('resolve-keys', '1,000 keys, any order', picksOf);
export const resolveOneKey = group('resolve-one-key', '1,000 keys, always the same', (names) =>
  always(names[500]),
);

function group(name: string, which: string, askedOf: (names: readonly Name[]) => readonly Name[]): Group {
  return {
    name,
    async run(pace) {
      const names = makeNames(KEYS);
      const asked = askedOf(names);
      const samples = await measure(
        {
          resolve: resolveByKey(await filledRegistry(names), asked),
          'bare nested Map': bareMap(names, asked),
          'inversify get': inversify(names, asked),
          'awilix resolve': awilix(names, asked),
        },
        pace,
      );
      const row = { group: name, samples, what: `resolve with a typed key, ${which}`, ours: 'resolve' };
      return [
        ratioRow({ ...row, peer: 'bare nested Map', atMost: 0.7 }),
        ratioRow({ ...row, peer: 'inversify get', atMost: 0.8 }),
        ratioRow({ ...row, peer: 'awilix resolve', atMost: 0.8 }),
      ];
    },
  };
}
