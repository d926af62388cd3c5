import type { Candidate } from '../../src/decision/candidate.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { microtasks } from '../concurrency/harness/turns.js';
import { inEveryTurn } from './harness/in-every-turn.js';
import { offer, offers } from './harness/offer.js';
import { providersOf } from './harness/seen.js';

const sequences = (registry: CandidateRegistry): number[] =>
  registry
    .keys()
    .flatMap(({ domain, key }) => registry.explain(domain, key).candidates)
    .map(({ rank }) => rank.registration)
    .sort((a, b) => a - b);

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** `count` tasks that start together, each yielding between its steps as `pace` says. */
function tasks<T>(count: number, task: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => task(index)));
}

describe('many tasks at once', () => {
  it('lose none of 10 × 100 registrations of distinct keys', async () => {
    const registry = new CandidateRegistry();
    await tasks(10, async (task) => {
      for (let index = 0; index < 100; index++) {
        await registry.registerCandidate(offer({ key: `key-${task}-${index}`, provider: `task-${task}` }));
      }
    });
    expect(registry.listActive()).toHaveLength(1000);
    expect(registry.revision).toBe(1000);
    for (let task = 0; task < 10; task++) {
      for (let index = 0; index < 100; index++) {
        expect(registry.resolve('adapter', `key-${task}-${index}`)?.provider).toBe(`task-${task}`);
      }
    }
  });

  it('all get their candidate in when 20 register for one key, and the best of them wins', async () => {
    const registry = new CandidateRegistry();
    await tasks(20, async (task) => {
      await microtasks(task % 5);
      await registry.registerCandidate(offer({ provider: `p${task}`, priority: (task * 7) % 20 }));
    });
    const { candidates, winner, decidedBy } = registry.explain('adapter', 'cache');
    expect(candidates.map(({ rank }) => rank.priority)).toEqual(upTo(20).map((n) => 20 - n));
    expect(winner?.provider).toBe('p17');
    expect(decidedBy).toBe('priority');
    expect(registry.listShadowed()).toHaveLength(19);
  });

  it('get 1,000 distinct and dense sequence numbers from 20 × 50 registrations', async () => {
    const registry = new CandidateRegistry();
    const given = await tasks(20, async (task) => {
      const own: number[] = [];
      for (let index = 0; index < 50; index++) {
        const input = offer({ key: `key-${index % 7}`, provider: `p${task}` });
        own.push((await registry.registerCandidate(input)).candidate.sequence);
      }
      return own;
    });
    for (const own of given) expect(own).toEqual([...own].sort((a, b) => a - b));
    expect(given.flat().sort((a, b) => a - b)).toEqual(upTo(1000));
    expect(sequences(registry)).toEqual(upTo(1000));
  });

  it('get the identical candidate from 50 resolves', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll(offers(5));
    const found = await tasks(50, async (task) => {
      await microtasks(task % 3);
      return [
        registry.resolve('adapter', 'cache'),
        registry.resolve('adapter', 'cache', {}),
        registry.require('adapter', 'cache'),
        registry.explain('adapter', 'cache').winner,
        registry.listActive()[0],
      ];
    });
    expect(new Set(found.flat())).toEqual(new Set([registry.resolve('adapter', 'cache')]));
    expect(found[0]?.[0]).toBeDefined();
  });

  it('agree on 30 lists and 20 explanations', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([...offers(6), offer({ key: 'queue' }), ...offers(3, { domain: 'service' })]);
    const lists = tasks(30, async (task) => {
      await microtasks(task % 4);
      return JSON.stringify([registry.listActive(), registry.listShadowed(), registry.listActive('service')]);
    });
    const explanations = tasks(20, async (task) => {
      await microtasks(task % 4);
      return JSON.stringify(registry.explain('adapter', 'cache'));
    });
    expect(new Set(await lists).size).toBe(1);
    expect(new Set(await explanations).size).toBe(1);
  });

  it.each([100, 200])(
    'do %i mixed operations without an error, and the sums come out right',
    async (count) => {
      const registry = new CandidateRegistry();
      let registered = 0;
      await tasks(count, async (task) => {
        await microtasks(task % 6);
        const key = `key-${task % 9}`;
        switch (task % 4) {
          case 0: {
            const { candidate } = await registry.registerCandidate(offer({ key, provider: `p${task}` }));
            registered++;
            expect(
              registry
                .explain('adapter', key)
                .candidates.some(({ provider }) => provider === candidate.provider),
            ).toBe(true);
            break;
          }
          case 1:
            expect(registry.resolve('adapter', key)).toBe(
              registry.explain('adapter', key).winner ?? undefined,
            );
            break;
          case 2:
            expect(registry.listActive().length + registry.listShadowed().length).toBe(registry.revision);
            break;
          default:
            expect(registry.explain('adapter', key).outcome).toMatch(/^(tie|resolved|none)$/);
        }
      });
      expect(registered).toBe(count / 4);
      expect(registry.revision).toBe(registered);
      expect(sequences(registry)).toEqual(upTo(registered));
    },
  );

  it('never deadlock when what runs inside a transaction awaits other calls of the registry', async () => {
    const registry = new CandidateRegistry();
    await tasks(20, (task) =>
      registry.transaction(async (tx) => {
        await registry.registerCandidate(offer({ key: `a${task}` }));
        await registry.transaction(async (inner) => {
          await inner.registerAll(offers(2, { key: `b${task}` }));
          await registry.select('adapter', `b${task}`, 'p0');
          await tx.registerCandidate(offer({ key: `c${task}` }));
          await registry.transaction(() => registry.registerCandidate(offer({ key: `d${task}` })));
        });
        expect(registry.resolve('adapter', `b${task}`)?.provider).toBe('p0');
      }),
    );
    expect(registry.revision).toBe(20);
    expect(registry.listActive()).toHaveLength(80);
  });

  it('never deadlock when a listener awaits other calls of the registry', async () => {
    const registry = new CandidateRegistry();
    const done: Promise<unknown>[] = [];
    using _ = registry.on('changed', ({ changes, revision }) => {
      const [change] = changes;
      if (change?.kind !== 'registered' || change.candidate.key !== 'cache') return;
      done.push(registry.transaction((tx) => tx.registerCandidate(offer({ key: `echo-${revision}` }))));
    });
    await tasks(10, (task) => registry.registerCandidate(offer({ provider: `p${task}` })));
    await Promise.all(done);
    expect(done).toHaveLength(10);
    expect(registry.revision).toBe(20);
  });
});

describe('a reader', () => {
  it('never sees half of a transaction, whichever turn it reads in', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ key: 'left', provider: 'p0' }),
      offer({ key: 'right', provider: 'p0' }),
    ]);
    const pairs = new Set<string>();
    const torn: string[] = [];
    const look = (): void => {
      const left = registry.resolve('adapter', 'left')?.provider;
      const right = registry.resolve('adapter', 'right')?.provider;
      const listed = registry.listActive().map(({ provider }) => provider);
      pairs.add(`${left}`);
      if (left !== right || listed.some((provider) => provider !== left))
        torn.push(`${left} ${right} ${listed.join()}`);
    };
    await inEveryTurn(look, async () => {
      for (let round = 1; round <= 20; round++) {
        await registry.transaction(async (tx) => {
          await tx.registerCandidate(offer({ key: 'left', provider: `p${round}` }));
          await microtasks(round % 5);
          await tx.registerCandidate(offer({ key: 'right', provider: `p${round}` }));
          expect(tx.resolve('adapter', 'left')?.provider).toBe(`p${round}`);
        });
      }
      await microtasks(3);
    });
    expect(torn).toEqual([]);
    expect([...pairs]).toEqual(Array.from({ length: 21 }, (_, round) => `p${round}`));
  });

  it('finds 150 candidates of one key in rank order', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll(
      Array.from({ length: 150 }, (_, index) =>
        offer({ provider: `p${index}`, priority: (index * 31) % 50, stackLevel: index % 3 }),
      ),
    );
    const ranks = registry.explain('adapter', 'cache').candidates.map(({ rank }) => rank);
    expect(ranks).toHaveLength(150);
    const byRules = [...ranks].sort(
      (a, b) => b.priority - a.priority || b.stackLevel - a.stackLevel || b.registration - a.registration,
    );
    expect(ranks).toEqual(byRules);
    expect(registry.listActive()).toHaveLength(1);
    expect(registry.listShadowed()).toHaveLength(149);
  });

  it('finds nothing in an empty registry, and is told so', () => {
    const registry = new CandidateRegistry();
    expect(registry.revision).toBe(0);
    expect(registry.resolve('adapter', 'cache')).toBeUndefined();
    expect(registry.listActive()).toEqual([]);
    expect(registry.listShadowed('adapter')).toEqual([]);
    expect(registry.keys()).toEqual([]);
    expect(registry.explain('adapter', 'cache')).toMatchObject({
      outcome: 'none',
      winner: null,
      candidates: [],
      revision: 0,
    });
    expect(() => registry.require('adapter', 'cache')).toThrow(
      expect.objectContaining({ name: 'ResolutionError', code: 'ONEIRIC_RESOLUTION_NONE' }),
    );
    expect(registry.snapshot().listActive()).toEqual([]);
  });

  it('gets frozen lists and candidates that stay as they are', async () => {
    const registry = new CandidateRegistry();
    const input = { ...offer(), capabilities: ['kv'], metadata: { tags: ['a'] } };
    const { candidate } = await registry.registerCandidate(input);
    input.capabilities.push('scan');
    input.metadata.tags.push('b');
    expect(candidate.capabilities).toEqual(['kv']);
    expect(candidate.metadata).toEqual({ tags: ['a'] });
    const open = [...everyObjectIn(candidate)].filter((part) => !Object.isFrozen(part));
    expect(open).toEqual([]);
    expect(Object.isFrozen(registry.listActive())).toBe(true);
    expect(providersOf(registry)).toEqual(['default']);
  });
});

describe('a chain of 20,000 keys that each require the next', () => {
  const LENGTH = 20_000;
  const keyAt = (index: number): string => `k${String(index).padStart(5, '0')}`;

  // Work that grew with the square of the length would take hours: each key is settled once, whoever asks first.
  it.each([
    ['forwards', 1],
    ['backwards', -1],
  ])('%s, is listed, and is filtered from end to end when its end goes', async (_way, step) => {
    const registry = new CandidateRegistry();
    const registrations = await registry.registerAll(
      Array.from({ length: LENGTH }, (_, index) => {
        const next = index + step;
        const isEnd = next < 0 || next === LENGTH;
        return offer({ key: keyAt(index), requires: isEnd ? [] : [`adapter/${keyAt(next)}`] });
      }),
    );
    expect(registry.listActive()).toHaveLength(LENGTH);
    await registrations[step === 1 ? LENGTH - 1 : 0]!.unregister();
    expect(registry.listActive()).toEqual([]);
  });
});

function everyObjectIn(candidate: Candidate, known = new Set<object>()): Set<object> {
  for (const value of [candidate, ...Object.values(candidate as object)] as unknown[]) {
    if (typeof value !== 'object' || value === null || known.has(value)) continue;
    known.add(value);
    everyObjectIn(value as Candidate, known);
  }
  return known;
}
