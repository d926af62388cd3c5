import { OneiricError } from '../../src/errors/oneiric-error.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import type { Registration } from '../../src/registry/registration.js';
import { Gate } from '../concurrency/harness/gate.js';
import { outcomeOf, quiet, rejectionOf } from '../concurrency/harness/turns.js';
import { offer, offers, plugin } from './harness/offer.js';
import { providersOf, seen } from './harness/seen.js';

const FAILURE = new Error('the work failed');

describe('a call made inside a transaction', () => {
  it('joins it through tx and through the registry alike, and all of it is one revision', async () => {
    const registry = new CandidateRegistry();
    const result = await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'a' }));
      await registry.registerCandidate(offer({ provider: 'b' }));
      await tx.select('adapter', 'cache', 'a');
      await registry.mark(registry.require('adapter', 'cache'), 'PAUSED', 'for a while');
      return 'done';
    });
    expect(result).toBe('done');
    expect(registry.revision).toBe(1);
    expect(registry.explain('adapter', 'cache')).toMatchObject({
      outcome: 'none',
      candidates: [
        { provider: 'b', state: 'shadowed' },
        { provider: 'a', state: 'filtered', code: 'PAUSED' },
      ],
    });
  });

  it('joins it from every async context that descends from the work', async () => {
    const registry = new CandidateRegistry();
    const snapshots = await registry.transaction(async () => {
      await new Promise<void>((resolve, reject) => {
        setTimeout(
          () => registry.registerCandidate(offer({ provider: 'timer' })).then(() => resolve(), reject),
          0,
        );
      });
      await quiet(1);
      await Promise.resolve().then(() => registry.registerCandidate(offer({ provider: 'then' })));
      return registry.listActive().concat(registry.listShadowed());
    });
    expect(snapshots.map(({ provider }) => provider)).toEqual(['then', 'timer']);
    expect(registry.revision).toBe(1);
  });

  it('reads what the transaction has so far, whichever read it uses', async () => {
    const registry = new CandidateRegistry({ selections: { adapter: { cache: 'b' } } });
    await registry.registerCandidate(offer({ provider: 'a' }));
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'b' }));
      await tx.registerCandidate(offer({ key: 'queue', provider: 'q' }));
      for (const reads of [tx, registry, tx.snapshot(), registry.snapshot()]) {
        expect(reads.resolve('adapter', 'cache')?.provider).toBe('b');
        expect(reads.require('adapter', 'queue').provider).toBe('q');
        expect(reads.explain('adapter', 'cache').candidates).toHaveLength(2);
        expect(reads.listActive().map(({ provider }) => provider)).toEqual(['b', 'q']);
        expect(reads.listShadowed('adapter').map(({ provider }) => provider)).toEqual(['a']);
        expect(reads.keys()).toHaveLength(2);
        expect(reads.revision).toBe(2);
      }
    });
  });

  it('that changes nothing makes no revision and no event', async () => {
    const registry = new CandidateRegistry();
    const events: number[] = [];
    using _ = registry.on('changed', ({ revision }) => events.push(revision));
    await registry.transaction(() => 'nothing');
    await registry.transaction((tx) => tx.clearSelection('adapter', 'cache'));
    await registry.transaction(async (tx) => {
      expect(tx.revision).toBe(0);
      await tx.registerAll([]);
    });
    await quiet();
    expect(registry.revision).toBe(0);
    expect(events).toEqual([]);
    expect(registry.keys()).toEqual([]);
  });

  it('that is fired and forgotten but runs at once is part of it', async () => {
    const registry = new CandidateRegistry();
    await registry.transaction((tx) => {
      void tx.registerCandidate(offer({ provider: 'a' }));
      void tx.registerCandidate(offer({ provider: 'b' }));
    });
    expect(providersOf(registry)).toEqual(['b', 'a']);
    expect(registry.revision).toBe(1);
  });
});

describe('nobody outside a transaction', () => {
  it('sees anything of it before it commits, and all of it right after', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ provider: 'a' }));
    const [before, halfway, go] = [seen(registry), new Gate(), new Gate()];
    const running = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'b' }));
      await tx.registerCandidate(offer({ key: 'queue' }));
      await tx.select('adapter', 'cache', 'a');
      halfway.open();
      await go.passed;
    });
    await halfway.passed;
    expect(seen(registry)).toEqual(before);
    expect(seen(registry.snapshot())).toEqual(before);
    expect(registry.explain('adapter', 'queue').outcome).toBe('none');
    go.open();
    await running;
    expect(registry.revision).toBe(2);
    expect(registry.keys()).toHaveLength(2);
  });

  it('who reads the same key while it is open changes what it or others see', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ provider: 'a' }));
    const [halfway, go] = [new Gate(), new Gate()];
    const running = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'b' }));
      expect(tx.resolve('adapter', 'cache')?.provider).toBe('b');
      halfway.open();
      await go.passed;
      expect(tx.resolve('adapter', 'cache')?.provider).toBe('b');
    });
    await halfway.passed;
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('a');
    expect(registry.explain('adapter', 'cache').winner?.provider).toBe('a');
    go.open();
    await running;
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('b');
  });

  it('can write before it is over: writes wait their turn and come after it', async () => {
    const registry = new CandidateRegistry();
    const go = new Gate();
    const running = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'first' }));
      await go.passed;
      await tx.registerCandidate(offer({ provider: 'second' }));
    });
    const rival = registry.registerCandidate(offer({ provider: 'third' }));
    expect((await outcomeOf(rival)).kind).toBe('pending');
    go.open();
    await running;
    expect((await rival).candidate.sequence).toBe(3);
    expect(registry.revision).toBe(2);
  });
});

describe('a transaction that throws', () => {
  it.each([
    ['rejects', () => Promise.reject(FAILURE)],
    [
      'throws at once',
      () => {
        throw FAILURE;
      },
    ],
  ])('when its work %s leaves no trace of any kind of write', async (_how, fail) => {
    const registry = new CandidateRegistry({ selections: { adapter: { cache: 'a' } } });
    const kept = await registry.registerCandidate(offer({ provider: 'a', source: plugin('p') }));
    await registry.registerAll([
      offer({ key: 'queue', provider: 'x' }),
      offer({ key: 'queue', provider: 'y' }),
    ]);
    await registry.mark(kept.candidate, 'UNHEALTHY', 'no answer');
    const before = seen(registry);
    const work = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'b' }));
      await tx.registerCandidate(offer({ provider: 'a', priority: 9, source: plugin('p') }));
      await tx.replaceSource(plugin('new'), offers(3, { key: 'fresh' }));
      await tx.select('adapter', 'queue', 'x');
      await tx.clearSelection('adapter', 'cache');
      await tx.mark(tx.require('adapter', 'queue'), 'DISABLED', 'off');
      await tx.mark(kept.candidate, 'UNHEALTHY', null);
      await (await tx.registerCandidate(offer({ key: 'gone' }))).unregister();
      await kept.unregister();
      return fail();
    });
    await expect(work).rejects.toBe(FAILURE);
    expect(seen(registry)).toEqual(before);
    expect(registry.explain('adapter', 'cache').candidates).toMatchObject([{ code: 'UNHEALTHY' }]);
  });

  it('gives its sequence numbers back, so that they stay dense', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll(offers(2));
    await expect(
      registry.transaction(async (tx) => {
        await tx.registerAll(offers(10));
        throw FAILURE;
      }),
    ).rejects.toBe(FAILURE);
    const next = await registry.registerAll(offers(2, { key: 'next' }));
    expect(next.map(({ candidate }) => candidate.sequence)).toEqual([3, 4]);
    expect(registry.revision).toBe(2);
  });

  it('leaves no names behind: neither keys nor domains are known after it', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer());
    await expect(
      registry.transaction(async (tx) => {
        await tx.registerCandidate(offer({ domain: 'service', key: 'mailer' }));
        await tx.select('task', 'nightly', 'cron');
        throw FAILURE;
      }),
    ).rejects.toBe(FAILURE);
    expect(registry.keys()).toEqual([{ domain: 'adapter', key: 'cache' }]);
    expect(registry.explain('servic', 'mailer').unknown).toEqual([
      { kind: 'domain', name: 'servic', nearest: null },
      { kind: 'key', name: 'servic/mailer', nearest: null },
    ]);
    expect(registry.listActive('service')).toEqual([]);
  });

  it('makes the registrations that it gave out void', async () => {
    const registry = new CandidateRegistry();
    let undone: Registration | undefined;
    await expect(
      registry.transaction(async (tx) => {
        undone = await tx.registerCandidate(offer({ provider: 'a' }));
        throw FAILURE;
      }),
    ).rejects.toBe(FAILURE);
    await registry.registerCandidate(offer({ provider: 'a' }));
    expect(await undone?.unregister()).toBe(false);
    expect(providersOf(registry)).toEqual(['a']);
    const marked = await rejectionOf(registry.mark(undone!.candidate, 'PAUSED', 'x'));
    expect(OneiricError.is(marked, 'ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN')).toBe(true);
  });

  it('does not undo what somebody else committed before or after it', async () => {
    const registry = new CandidateRegistry();
    const rivals = [registry.registerCandidate(offer({ provider: 'before' }))];
    const failing = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'inside' }));
      throw FAILURE;
    });
    rivals.push(registry.registerCandidate(offer({ provider: 'after' })));
    await expect(failing).rejects.toBe(FAILURE);
    await Promise.all(rivals);
    expect(providersOf(registry)).toEqual(['after', 'before']);
    expect(registry.revision).toBe(2);
  });

  it('is undone where one write inside it fails and is not caught, and goes on where it is caught', async () => {
    const registry = new CandidateRegistry();
    const bad = offer({ provider: '..' });
    await expect(
      registry.transaction(async (tx) => {
        await tx.registerCandidate(offer({ provider: 'a' }));
        await tx.registerAll([offer({ provider: 'b' }), bad]);
      }),
    ).rejects.toMatchObject({ code: 'ONEIRIC_REGISTRY_CANDIDATE_INVALID' });
    expect(registry.keys()).toEqual([]);

    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'a' }));
      await tx.registerAll([offer({ provider: 'b' }), bad]).catch(() => undefined);
      await tx.registerCandidate(offer({ provider: 'c' }));
    });
    expect(providersOf(registry)).toEqual(['c', 'a']);
  });
});

describe('the decision of a key that a transaction did not touch', () => {
  it('tells of no revision that never came to be', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer());
    await expect(
      registry.transaction(async (tx) => {
        await tx.registerCandidate(offer({ key: 'queue' }));
        expect(tx.explain('adapter', 'cache').winner?.provider).toBe('default');
        throw FAILURE;
      }),
    ).rejects.toBe(FAILURE);
    expect(registry.explain('adapter', 'cache').revision).toBe(1);
  });

  it('changes with the key that it requires, inside the transaction first and back after a rollback', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ provider: 'plain' }),
      offer({ provider: 'redis', requires: ['service/net'] }),
    ]);
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('plain');
    await expect(
      registry.transaction(async (tx) => {
        await tx.registerCandidate(offer({ domain: 'service', key: 'net' }));
        expect(tx.resolve('adapter', 'cache')?.provider).toBe('redis');
        throw FAILURE;
      }),
    ).rejects.toBe(FAILURE);
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('plain');
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ domain: 'service', key: 'net' }));
    });
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('redis');
  });
});
