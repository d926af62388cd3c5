import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { ratioRow } from '../harness/row.js';
import { resolverGet } from '../oneiric/container.js';
import { awilixResolve, inversifyGet } from '../peers/container-get.js';

export const containerGetSingleton = group('singleton', 'a singleton that runs');
export const containerGetTransient = group('transient', 'a transient that is given a singleton');

function group(kind: 'singleton' | 'transient', which: string): Group {
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
      return [
        ratioRow({ ...row, peer: 'inversify get', atMost: 1 }),
        ratioRow({ ...row, peer: 'awilix resolve', atMost: 1 }),
      ];
    },
  };
}
