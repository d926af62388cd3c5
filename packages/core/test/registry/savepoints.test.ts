import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { Gate } from '../concurrency/harness/gate.js';
import { microtasks, outcomeOf } from '../concurrency/harness/turns.js';
import { inEveryTurn } from './harness/in-every-turn.js';
import { offer, plugin } from './harness/offer.js';
import { providersOf, seen } from './harness/seen.js';

const FAILURE = new Error('the inner work failed');

describe('a nested transaction', () => {
  it('is undone alone when it throws and its parent catches that', async () => {
    const registry = new CandidateRegistry();
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'outer', source: plugin('p') }));
      const before = seen(tx);
      await expect(
        tx.transaction(async (inner) => {
          await inner.registerCandidate(offer({ provider: 'inner' }));
          await inner.registerCandidate(offer({ provider: 'outer', priority: 7, source: plugin('p') }));
          await inner.select('adapter', 'queue', 'x');
          await registry.replaceSource(plugin('p'), []);
          throw FAILURE;
        }),
      ).rejects.toBe(FAILURE);
      expect(seen(tx)).toEqual(before);
      await tx.registerCandidate(offer({ provider: 'later' }));
    });
    expect(
      registry
        .listActive()
        .concat(registry.listShadowed())
        .map(({ provider, sequence }) => [provider, sequence]),
    ).toEqual([
      ['later', 2],
      ['outer', 1],
    ]);
    expect(registry.keys()).toHaveLength(1);
    expect(registry.revision).toBe(1);
    await registry.replaceSource(plugin('p'), []);
    expect(providersOf(registry)).toEqual(['later']);
  });

  it('undoes its parent when that does not catch what it throws', async () => {
    const registry = new CandidateRegistry();
    const work = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'outer' }));
      await tx.transaction(async (inner) => {
        await inner.registerCandidate(offer({ provider: 'inner' }));
        throw FAILURE;
      });
    });
    await expect(work).rejects.toBe(FAILURE);
    expect(registry.revision).toBe(0);
    expect(registry.keys()).toEqual([]);
  });

  it('is undone with its parent although it had succeeded', async () => {
    const registry = new CandidateRegistry();
    const work = registry.transaction(async (tx) => {
      await tx.transaction((inner) => inner.registerCandidate(offer({ provider: 'inner' })));
      expect(providersOf(tx)).toEqual(['inner']);
      throw FAILURE;
    });
    await expect(work).rejects.toBe(FAILURE);
    expect(registry.keys()).toEqual([]);
    expect((await registry.registerCandidate(offer())).candidate.sequence).toBe(1);
  });

  it('is undone to any depth and no deeper', async () => {
    const registry = new CandidateRegistry();
    const nest = async (tx: CandidateRegistry, depth: number): Promise<void> => {
      await tx.registerCandidate(offer({ provider: `p${depth}` }));
      if (depth === 50) throw FAILURE;
      await tx
        .transaction((inner) => nest(inner, depth + 1))
        .catch((error: unknown) => {
          if (depth === 30) return;
          throw error;
        });
    };
    await registry.transaction((tx) => nest(tx, 0));
    expect(providersOf(registry)).toEqual(Array.from({ length: 31 }, (_, index) => `p${30 - index}`));
    expect(registry.revision).toBe(1);
  });

  it('sees what its parent has, and its parent sees nothing of it before it is over', async () => {
    const registry = new CandidateRegistry();
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'outer' }));
      const [halfway, go] = [new Gate(), new Gate()];
      const nested = tx.transaction(async (inner) => {
        expect(providersOf(inner)).toEqual(['outer']);
        await inner.registerCandidate(offer({ provider: 'inner' }));
        expect(providersOf(inner)).toEqual(['inner', 'outer']);
        expect(providersOf(registry)).toEqual(['inner', 'outer']);
        halfway.open();
        await go.passed;
        await inner.registerCandidate(offer({ provider: 'inner-2' }));
      });
      await halfway.passed;
      expect(providersOf(tx)).toEqual(['outer']);
      expect(providersOf(registry)).toEqual(['outer']);
      go.open();
      await nested;
      expect(providersOf(tx)).toEqual(['inner-2', 'inner', 'outer']);
    });
  });

  it('makes the writes of its parent wait until it is over', async () => {
    const registry = new CandidateRegistry();
    await registry.transaction(async (tx) => {
      const go = new Gate();
      const nested = tx.transaction(async (inner) => {
        await inner.registerCandidate(offer({ provider: 'inner' }));
        await go.passed;
        throw FAILURE;
      });
      const own = tx.registerCandidate(offer({ provider: 'own' }));
      expect((await outcomeOf(own)).kind).toBe('pending');
      go.open();
      await expect(nested).rejects.toBe(FAILURE);
      expect((await own).candidate.sequence).toBe(1);
    });
    expect(providersOf(registry)).toEqual(['own']);
  });
});

describe('nested transactions forked by Promise.all', () => {
  it('run one after the other, each whole or undone', async () => {
    const registry = new CandidateRegistry();
    const inside: string[] = [];
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'base' }));
      const results = await Promise.allSettled(
        ['a', 'b', 'c', 'd'].map((name, index) =>
          tx.transaction(async (inner) => {
            inside.push(`${name} in`);
            await inner.registerCandidate(offer({ provider: `${name}1` }));
            await microtasks(3 - index);
            await inner.registerCandidate(offer({ provider: `${name}2` }));
            inside.push(`${name} out`);
            if (index % 2 === 1) throw FAILURE;
          }),
        ),
      );
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
      expect(providersOf(tx)).toEqual(['c2', 'c1', 'a2', 'a1', 'base']);
    });
    expect(inside).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out', 'd in', 'd out']);
    expect(providersOf(registry)).toEqual(['c2', 'c1', 'a2', 'a1', 'base']);
    expect(registry.listActive()[0]?.sequence).toBe(5);
    expect(registry.revision).toBe(1);
  });

  it('never read each other’s unfinished work, whichever turn they read in', async () => {
    const registry = new CandidateRegistry();
    const torn: string[] = [];
    await registry.transaction(async (tx) => {
      const look = (): void => {
        const found = providersOf(tx);
        if (found.length % 2 === 1) torn.push(found.join());
      };
      const child = (name: string): Promise<unknown> =>
        tx.transaction(async (inner) => {
          await inner.registerCandidate(offer({ provider: `${name}1` }));
          await microtasks(4);
          expect(providersOf(inner).length % 2).toBe(1);
          await inner.registerCandidate(offer({ provider: `${name}2` }));
        });
      await inEveryTurn(look, () => Promise.all([child('a'), child('b'), child('c')]));
    });
    expect(torn).toEqual([]);
    expect(registry.listShadowed()).toHaveLength(5);
  });
});

describe('a cell that a rolled back savepoint had made', () => {
  it('is made anew for a later registration of the same name, and older states still find nothing there', async () => {
    const registry = new CandidateRegistry();
    await registry.transaction(async (tx) => {
      const before = tx.snapshot();
      let inside: ReturnType<CandidateRegistry['snapshot']> | undefined;
      await tx
        .transaction(async (inner) => {
          await inner.registerCandidate(offer({ provider: 'undone' }));
          inside = inner.snapshot();
          throw FAILURE;
        })
        .catch(() => undefined);
      await tx.registerCandidate(offer({ provider: 'kept' }));
      expect(before.keys()).toEqual([]);
      expect(before.resolve('adapter', 'cache')).toBeUndefined();
      expect(inside?.resolve('adapter', 'cache')?.provider).toBe('undone');
      expect(inside?.listActive().map(({ provider }) => provider)).toEqual(['undone']);
      expect(tx.resolve('adapter', 'cache')?.provider).toBe('kept');
    });
    expect(providersOf(registry)).toEqual(['kept']);
  });
});
