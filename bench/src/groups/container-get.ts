import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { ratioRow } from '../harness/row.js';
import { resolverGet } from '../oneiric/container.js';
import { awilixResolve, inversifyGet } from '../peers/container-get.js';

export const containerGetSingleton = group('singleton', 'a singleton that runs', 1);
/** Ours sees to it at each get that what it is given still wins and still runs; a cached plan does not. */
export const containerGetTransient = group('transient', 'a transient that is given a singleton');

function group(kind: 'singleton' | 'transient', which: string, atMost?: number): Group {
  const name = `container-get-${kind}`;
  return {
    name,
    async run(pace) {
      const samples = await measure(
        {
          'Resolver.get': await resolverGet(kind),
          'inversify get': inversifyGet(kind),
          'awilix resolve': awilixResolve(kind),
        },
        pace,
      );
      const row = { group: name, samples, what: `get of ${which}`, ours: 'Resolver.get' };
      const target = atMost === undefined ? {} : { atMost };
      return [
        ratioRow({ ...row, ...target, peer: 'inversify get' }),
        ratioRow({ ...row, ...target, peer: 'awilix resolve' }),
      ];
    },
  };
}
