import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { makeNames, type Name, picksOf } from '../harness/names.js';
import { ratioRow } from '../harness/row.js';
import { filledRegistry } from '../oneiric/filled-registry.js';
import { always, resolveByName } from '../oneiric/resolve.js';
import { awilix } from '../peers/awilix.js';
import { bareMap } from '../peers/bare-map.js';
import { inversify } from '../peers/inversify.js';
import { tsyringe } from '../peers/tsyringe.js';
import { typedInject } from '../peers/typed-inject.js';

const KEYS = 1000;

/** `resolve` with two texts; all have the same 1,000 names, and are asked for the same ones in the same order. */
export const resolveNames = group('resolve-names', '1,000 keys, any order', picksOf);
export const resolveOneName = group('resolve-one-name', '1,000 keys, always the same', (names) =>
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
          resolve: resolveByName(await filledRegistry(names), asked),
          'bare nested Map': bareMap(names, asked),
          'inversify get': inversify(names, asked),
          'awilix resolve': awilix(names, asked),
          'tsyringe resolve': tsyringe(names, asked),
          'typed-inject resolve': typedInject(names, asked),
        },
        pace,
      );
      const row = { group: name, samples, what: `resolve with texts, ${which}`, ours: 'resolve' };
      return [
        ratioRow({ ...row, peer: 'bare nested Map', atMost: 1.5 }),
        ratioRow({ ...row, peer: 'inversify get', atMost: 1.6 }),
        ratioRow({ ...row, peer: 'awilix resolve', atMost: 1.3 }),
        ratioRow({ ...row, peer: 'tsyringe resolve' }),
        ratioRow({ ...row, peer: 'typed-inject resolve' }),
      ];
    },
  };
}
