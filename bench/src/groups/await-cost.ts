import type { Contender } from '../harness/contender.js';
import type { Group } from '../harness/group.js';
import { measureApart } from '../harness/measure-apart.js';
import { ratioRow } from '../harness/row.js';

const group = 'await-cost';

/** `await` of a settled promise: the cheapest there is, so that whatever an active store adds shows most. */
const awaiting = (): Contender => ({
  async run(turns) {
    const settled = Promise.resolve(1);
    let sum = 0;
    for (let turn = 0; turn < turns; turn++) sum += await settled;
    return sum;
  },
});

/** What the package adds to every `await` of the process: nothing before the first section of a lock runs. */
export const awaitCost: Group = {
  name: group,
  apart: {
    'nothing imported': awaiting,
    'core imported': async () => {
      await import('@oneiric/core');
      return awaiting();
    },
    'registry made': async () => {
      const { CandidateRegistry } = await import('@oneiric/core');
      const registry = new CandidateRegistry();
      return { ...awaiting(), prepare: () => registry.revision };
    },
    'lock used': async () => {
      const { ReentrantLock } = await import('@oneiric/core');
      await new ReentrantLock().runExclusive(() => 0);
      return awaiting();
    },
  },
  async run(pace) {
    const samples = await measureApart(
      group,
      ['nothing imported', 'core imported', 'registry made', 'lock used'],
      pace,
    );
    const beside = { group, samples, peer: 'nothing imported' };
    return [
      ratioRow({ ...beside, what: 'an await, after an import', ours: 'core imported', atMost: 1.1 }),
      ratioRow({ ...beside, what: 'an await, after making a registry', ours: 'registry made' }),
      ratioRow({ ...beside, what: 'an await, after a first section', ours: 'lock used' }),
    ];
  },
};
