import { makeApplication } from '../harness/application.js';
import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { ratioRow } from '../harness/row.js';
import { startApplication } from '../oneiric/container.js';
import { awilixStart, inversifyStart } from '../peers/container-start-up.js';

const group = 'container-start-up';
const COMPONENTS = 200;

/**
 * From nothing to a running application of 200 components. Ours checks the whole graph first, and gives each component
 * a live handle, a time limit, a look at its health and a place in the order of disposal; the peers construct.
 */
export const containerStartUp: Group = {
  name: group,
  async run(pace) {
    const parts = makeApplication(COMPONENTS);
    const samples = await measure(
      {
        Resolver: startApplication(parts),
        inversify: inversifyStart(parts),
        awilix: awilixStart(parts),
      },
      pace,
      { turns: pace.quick ? 2 : 10, collect: true },
    );
    const row = { group, samples, what: `start of ${COMPONENTS} components`, ours: 'Resolver' };
    return [ratioRow({ ...row, peer: 'inversify' }), ratioRow({ ...row, peer: 'awilix' })];
  },
};
