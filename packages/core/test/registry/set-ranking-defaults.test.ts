import type { CandidateInput } from '../../src/decision/candidate.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';

const factory = () => 1;
const offer = (provider: string, more: Partial<CandidateInput> = {}): CandidateInput => ({
  domain: 'adapter',
  key: 'cache',
  provider,
  factory,
  ...more,
});
const of = (name: string): Partial<CandidateInput> => ({
  source: { kind: 'plugin', id: name, package: name },
});

describe('setRankingDefaults', () => {
  it('ranks what is registered, and what comes later, by the new order in one commit', async () => {
    const registry = new CandidateRegistry({ stackOrder: { a: 10 } });
    await registry.registerAll([offer('a', of('a')), offer('b', of('b')), offer('own', { priority: 5 })]);
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('a');
    const kinds: string[][] = [];
    registry.on('changed', ({ changes }) => {
      kinds.push(changes.map(({ kind }) => kind));
    });
    await registry.setRankingDefaults({ stackOrder: { b: 20, c: 30 }, defaultPriority: 3 });
    expect(registry.revision).toBe(2);
    expect(registry.resolve('adapter', 'cache')).toMatchObject({
      provider: 'b',
      priority: 20,
      sequence: 2,
      origins: { priority: { kind: 'stack-order', package: 'b' } },
    });
    expect(registry.listShadowed().map(({ provider, priority }) => [provider, priority])).toEqual([
      ['own', 5],
      ['a', 3],
    ]);
    await registry.registerCandidate(offer('c', of('c')));
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('c');
    expect(kinds).toEqual([['replaced', 'replaced', 'ranking-defaults-changed'], ['registered']]);
  });

  it('changes nothing where they are the same', async () => {
    const registry = new CandidateRegistry({ stackOrder: { a: 10 } });
    await registry.registerAll([offer('a', of('a'))]);
    await registry.setRankingDefaults({ stackOrder: { a: 10 } });
    expect(registry.revision).toBe(1);
  });

  it('is undone with the transaction or savepoint that it is part of', async () => {
    const registry = new CandidateRegistry({ stackOrder: { a: 10 } });
    await registry.registerAll([offer('a', of('a')), offer('b', of('b'))]);
    const failing = registry.transaction(async (tx) => {
      await tx.setRankingDefaults({ stackOrder: { b: 10 } });
      expect(tx.resolve('adapter', 'cache')?.provider).toBe('b');
      expect(
        await tx
          .transaction((inner) =>
            inner.setRankingDefaults({}).then(() => {
              throw new Error('inner');
            }),
          )
          .catch((error: unknown) => (error as Error).message),
      ).toBe('inner');
      await tx.registerCandidate(offer('b2', of('b')));
      expect(tx.resolve('adapter', 'cache')).toMatchObject({ provider: 'b2', priority: 10 });
      throw new Error('outer');
    });
    await expect(failing).rejects.toThrow('outer');
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('a');
    await registry.registerCandidate(offer('c', of('a')));
    expect(registry.resolve('adapter', 'cache')).toMatchObject({ provider: 'c', priority: 10 });
  });

  it('leaves receipts and marks in force', async () => {
    const registry = new CandidateRegistry();
    const first = await registry.registerCandidate(offer('a'));
    const second = await registry.registerCandidate(offer('b'));
    await registry.mark(second.candidate, 'PAUSED', 'by hand');
    await registry.setRankingDefaults({ defaultPriority: 7 });
    await registry.setRankingDefaults({ defaultPriority: 8 });
    expect(registry.resolve('adapter', 'cache')).toMatchObject({ provider: 'a', priority: 8 });
    await registry.mark(second.candidate, 'PAUSED', null);
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('b');
    expect(await second.unregister()).toBe(true);
    expect(await first.unregister()).toBe(true);
    expect(registry.listActive()).toEqual([]);
    expect(await first.unregister()).toBe(false);
  });

  it('refuses what the options of a registry refuse', async () => {
    const registry = new CandidateRegistry();
    await expect(registry.setRankingDefaults({ stackOrder: { a: 1001 } })).rejects.toMatchObject({
      code: 'ONEIRIC_REGISTRY_OPTION_INVALID',
    });
    await expect(registry.setRankingDefaults(null as never)).rejects.toMatchObject({
      code: 'ONEIRIC_REGISTRY_OPTION_INVALID',
    });
  });
});
