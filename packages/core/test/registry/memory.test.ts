import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { PersistentArray } from '../../src/registry/persistent-array.js';
import { bytesKept } from './harness/bytes-kept.js';
import { offer, plugin } from './harness/offer.js';

const TIMES = 1_000;
/** Less than the smallest object that could be kept each time. */
const MOST_BYTES_EACH = 32;

describe('nothing that is over takes memory:', () => {
  it('a key that comes and goes, under ever another name', async () => {
    const registry = new CandidateRegistry();
    const kept = await bytesKept(TIMES, async (index) => {
      const registration = await registry.registerCandidate(
        offer({ key: `k${index}`, requires: ['service/net'] }),
      );
      registry.resolve('adapter', `k${index}`);
      await registration.unregister();
    });
    expect(kept).toBeLessThan(MOST_BYTES_EACH);
    expect(registry.keys()).toEqual([]);
  });

  it('a source that registers again and again while nobody reads', async () => {
    const registry = new CandidateRegistry();
    const kept = await bytesKept(TIMES, (index) =>
      registry.replaceSource(plugin('p'), [
        offer({ priority: index % 7 }),
        offer({ provider: `p${index % 5}` }),
      ]),
    );
    expect(kept).toBeLessThan(MOST_BYTES_EACH);
  });

  it('a key at the end of a chain of requirements that changes, while the keys before it are read', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ key: 'a', requires: ['adapter/b'] }),
      offer({ key: 'b', requires: ['adapter/c', 'adapter/a'] }),
    ]);
    const kept = await bytesKept(TIMES, async (index) => {
      await registry.replaceSource(plugin('p'), [offer({ key: 'c', priority: index % 7 })]);
      registry.explain('adapter', index % 2 === 0 ? 'a' : 'b');
    });
    expect(kept).toBeLessThan(MOST_BYTES_EACH);
  });

  it('a selection and a mark that are set and cleared while nobody reads', async () => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer());
    const kept = await bytesKept(TIMES, async () => {
      await registry.select('adapter', 'cache', 'x');
      await registry.mark(candidate, 'PAUSED', 'x');
      await registry.clearSelection('adapter', 'cache');
      await registry.mark(candidate, 'PAUSED', null);
    });
    expect(kept).toBeLessThan(MOST_BYTES_EACH);
  });

  it('a marked candidate that goes, on a key that stays', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ provider: 'stays' }));
    const kept = await bytesKept(TIMES, async () => {
      const { candidate, unregister } = await registry.registerCandidate(offer());
      await registry.mark(candidate, 'UNHEALTHY', 'no answer');
      await unregister();
    });
    expect(kept).toBeLessThan(MOST_BYTES_EACH);
  });

  it('a transaction that is rolled back, with a savepoint in it', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer());
    const kept = await bytesKept(TIMES, (index) =>
      registry
        .transaction(async (tx) => {
          await tx.registerCandidate(offer({ key: `k${index}`, source: plugin('p') }));
          await tx.transaction((inner) => inner.registerCandidate(offer({ key: `inner${index}` })));
          tx.listActive();
          throw undefined;
        })
        .catch(() => undefined),
    );
    expect(kept).toBeLessThan(MOST_BYTES_EACH);
    expect(registry.keys()).toHaveLength(1);
  });

  it('a question that was asked once: unknown keys, domains and requests', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer());
    const kept = await bytesKept(TIMES, (index) => {
      registry.resolve('adapter', `k${index}`);
      registry.resolve('adapter', 'cache', { provider: `p${index}` });
      registry.listActive(`d${index}`);
      registry.listShadowed(`d${index}`);
      registry.snapshot();
    });
    expect(kept).toBeLessThan(MOST_BYTES_EACH);
  });

  it('a listener that was disposed, and the commits it was told of', async () => {
    const registry = new CandidateRegistry();
    let revision = 0;
    using _ = registry.on('decision-changed', (event) => void (revision = event.revision));
    const kept = await bytesKept(TIMES, async (index) => {
      registry.on('changed', () => undefined)[Symbol.dispose]();
      await registry.registerCandidate(offer({ source: plugin('p'), priority: index % 7 }));
    });
    expect(kept).toBeLessThan(MOST_BYTES_EACH);
    expect(revision).toBe(registry.revision);
  });

  it('an index of a persistent array that is never used again', async () => {
    let array = PersistentArray.empty<object>().with(new Map([[0, {}]]));
    const kept = await bytesKept(30_000, (index) => {
      array = array.with(new Map([[index + 1, {}]]));
      array = array.with(new Map([[index + 1, undefined]]));
    });
    expect(kept).toBeLessThan(4);
    expect([...array.values()]).toHaveLength(1);
  });
});
