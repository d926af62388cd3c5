import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { makeNames } from '../harness/names.js';
import { figureRow, ratioRow, type Row } from '../harness/row.js';
import { median } from '../harness/statistics.js';
import { candidatesFor, pluginCandidatesFor } from '../oneiric/filled-registry.js';
import { registerAllOf, registerBeside } from '../oneiric/register.js';
import { awilixRegister, inversifyBind } from '../peers/bulk-registration.js';

const group = 'register';
const MANY = 100_000;

/** What it costs to register. */
export const register: Group = {
  name: group,
  run: async (pace) => [...(await many(pace)), ...(await crowded(pace)), ...(await wide(pace))],
};

async function many(pace: Parameters<Group['run']>[0]): Promise<readonly Row[]> {
  const names = makeNames(MANY / 10);
  const plain = candidatesFor(names, 10);
  const rounds = pace.quick ? 3 : 9;
  const samples = await measure(
    {
      plain: registerAllOf(plain),
      full: registerAllOf(pluginCandidatesFor(names, 10)),
      'inversify bind': inversifyBind(plain),
      'awilix register': awilixRegister(plain),
    },
    pace,
    { turns: MANY, rounds, collect: true },
  );
  const row = (what: string, values: readonly number[]): Row =>
    figureRow({
      group,
      what,
      ours: { name: 'registerAll', value: median(values), unit: 'ns', samples: values },
      atMost: 4000,
    });
  return [
    row('registerAll of 100,000, each', samples.plain),
    row('registerAll of 100,000 with capabilities, version and source, each', samples.full),
    ratioRow({ group, samples, what: 'registerAll of 100,000, each', ours: 'plain', peer: 'inversify bind' }),
    ratioRow({
      group,
      samples,
      what: 'registerAll of 100,000, each',
      ours: 'plain',
      peer: 'awilix register',
    }),
  ];
}

async function crowded(pace: Parameters<Group['run']>[0]): Promise<readonly Row[]> {
  const keys = 20;
  const samples = await measure(
    {
      'the tenth': registerBeside({ crowd: 9, keys }),
      'the two-thousandth': registerBeside({ crowd: 1999, keys }),
      'the tenth, then resolve': registerBeside({ crowd: 9, keys, resolve: true }),
      'the two-thousandth, then resolve': registerBeside({ crowd: 1999, keys, resolve: true }),
    },
    pace,
    { turns: keys * 50, rounds: pace.quick ? 5 : 15, collect: true },
  );
  const what = 'registerCandidate, the two-thousandth on a key against the tenth';
  return [
    ratioRow({ group, samples, what, ours: 'the two-thousandth', peer: 'the tenth', atMost: 2 }),
    ratioRow({
      group,
      samples,
      what: `${what}, and a resolve after it`,
      ours: 'the two-thousandth, then resolve',
      peer: 'the tenth, then resolve',
    }),
  ];
}

async function wide(pace: Parameters<Group['run']>[0]): Promise<readonly Row[]> {
  const others = pace.quick ? 20_000 : 100_000;
  const samples = await measure(
    { few: registerBeside({ crowd: 1, keys: 10 }), many: registerBeside({ crowd: 1, keys: 10, others }) },
    pace,
    { turns: 1000, rounds: pace.quick ? 5 : 15, collect: true },
  );
  const what = `registerCandidate, among ${(others + 10).toLocaleString('en')} keys against 10`;
  return [ratioRow({ group, samples, what, ours: 'many', peer: 'few', atMost: 1.5 })];
}
