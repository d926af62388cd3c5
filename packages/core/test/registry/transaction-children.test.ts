import { OneiricError } from '../../src/errors/oneiric-error.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { Gate } from '../concurrency/harness/gate.js';
import { microtasks, outcomeOf, quiet, rejectionOf, soon } from '../concurrency/harness/turns.js';
import { offer } from './harness/offer.js';
import { providersOf } from './harness/seen.js';

const CHILD_ACTIVE = 'ONEIRIC_REGISTRY_TX_CHILD_ACTIVE';
const FAILURE = new Error('the work failed');

describe('when the work of a transaction settles', () => {
  it('and a nested transaction still runs, everything is rolled back and both reject', async () => {
    const registry = new CandidateRegistry();
    const go = new Gate();
    let child: Promise<void> | undefined;
    const parent = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'parent' }));
      child = tx.transaction(async (inner) => {
        await inner.registerCandidate(offer({ provider: 'child' }));
        await go.passed;
      });
    });
    const parentError = await rejectionOf(parent);
    expect(registry.keys()).toEqual([]);
    go.open();
    const childError = await rejectionOf(child!);
    expect(
      [parentError, childError].map((error) => OneiricError.is(error, CHILD_ACTIVE) && error.details.role),
    ).toEqual(['transaction', 'child']);
    expect(registry.keys()).toEqual([]);
    expect(registry.revision).toBe(0);
    expect((await registry.registerCandidate(offer())).candidate.sequence).toBe(1);
  });

  it.each(['has written nothing', 'has written and undone it'])(
    'a child that still runs rejects also where it %s',
    async (how) => {
      const registry = new CandidateRegistry();
      const go = new Gate();
      let child: Promise<void> | undefined;
      const parent = registry.transaction((tx) => {
        child = tx.transaction(async (inner) => {
          if (how !== 'has written nothing') await (await inner.registerCandidate(offer())).unregister();
          await go.passed;
        });
      });
      expect(OneiricError.is(await rejectionOf(parent), CHILD_ACTIVE)).toBe(true);
      go.open();
      expect(OneiricError.is(await rejectionOf(child!), CHILD_ACTIVE)).toBe(true);
    },
  );

  it('and a child still runs, that one can write no more, and reads go on from what it had', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ provider: 'published' }));
    const go = new Gate();
    const late: unknown[] = [];
    let child: Promise<void> | undefined;
    const parent = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ key: 'of-parent' }));
      child = tx.transaction(async (inner) => {
        await inner.registerCandidate(offer({ provider: 'child' }));
        await go.passed;
        late.push(providersOf(inner), inner.resolve('adapter', 'of-parent')?.key);
        late.push(
          await inner.registerCandidate(offer({ key: 'of-parent' })).catch((error: unknown) => error),
        );
        late.push(await registry.transaction(() => 1).catch((error: unknown) => error));
      });
    });
    await rejectionOf(parent);
    go.open();
    expect(OneiricError.is(await rejectionOf(child!), CHILD_ACTIVE)).toBe(true);
    expect(late.slice(0, 2)).toEqual([['child', 'published'], 'of-parent']);
    expect(late.slice(2).map((error) => OneiricError.is(error, CHILD_ACTIVE))).toEqual([true, true]);
    expect(providersOf(registry)).toEqual(['published']);
  });

  it('because it threw while a child ran, the error says both', async () => {
    const registry = new CandidateRegistry();
    const go = new Gate();
    let child: Promise<unknown> | undefined;
    const parent = registry.transaction((tx) => {
      child = tx.transaction(() => go.passed);
      throw FAILURE;
    });
    const error = await rejectionOf(parent);
    expect(error).toMatchObject({ code: CHILD_ACTIVE, cause: FAILURE });
    go.open();
    expect(OneiricError.is(await rejectionOf(child!), CHILD_ACTIVE)).toBe(true);
  });

  it('a child of its own running child takes every level above with it', async () => {
    const registry = new CandidateRegistry();
    const go = new Gate();
    let middle: Promise<unknown> | undefined;
    let innermost: Promise<unknown> | undefined;
    const outer = registry.transaction((tx) => {
      middle = tx.transaction((inner) => {
        innermost = inner.transaction(() => go.passed);
      });
    });
    const [outerError, middleError] = await Promise.all([rejectionOf(outer), rejectionOf(middle!)]);
    go.open();
    for (const error of [outerError, middleError, await rejectionOf(innermost!)]) {
      expect(OneiricError.is(error, CHILD_ACTIVE)).toBe(true);
    }
  });

  it('its parent may go on when only a middle level was lost, once the stray child is out', async () => {
    const registry = new CandidateRegistry();
    const go = new Gate();
    let stray: Promise<unknown> | undefined;
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'kept' }));
      const middle = tx.transaction(async (inner) => {
        await inner.registerCandidate(offer({ provider: 'lost' }));
        stray = inner.transaction(() => go.passed);
      });
      expect(OneiricError.is(await rejectionOf(middle), CHILD_ACTIVE)).toBe(true);
      expect(providersOf(tx)).toEqual(['kept']);
      const next = tx.registerCandidate(offer({ provider: 'next' }));
      expect((await outcomeOf(next)).kind).toBe('pending');
      go.open();
      expect(OneiricError.is(await rejectionOf(stray!), CHILD_ACTIVE)).toBe(true);
      await next;
    });
    expect(providersOf(registry)).toEqual(['next', 'kept']);
    expect(registry.revision).toBe(1);
  });

  it('what was only queued inside it leaves, and runs as a write of its own', async () => {
    const registry = new CandidateRegistry();
    const go = new Gate();
    const left: Promise<unknown>[] = [];
    const order: number[] = [];
    using _ = registry.on('changed', ({ changes }) => order.push(changes.length));
    const blocked = registry.transaction((tx) => {
      left.push(tx.transaction(() => go.passed));
      left.push(tx.registerCandidate(offer({ provider: 'queued' })));
      left.push(
        tx.transaction(async (own) => {
          await own.registerCandidate(offer({ provider: 'own-1' }));
          await registry.registerCandidate(offer({ provider: 'own-2' }));
        }),
      );
      return tx.revision;
    });
    const [running, queued, own] = left as [Promise<unknown>, Promise<unknown>, Promise<unknown>];
    expect(OneiricError.is(await rejectionOf(blocked), CHILD_ACTIVE)).toBe(true);
    expect((await outcomeOf(queued)).kind).toBe('pending');
    go.open();
    expect(OneiricError.is(await rejectionOf(running), CHILD_ACTIVE)).toBe(true);
    await soon(queued);
    await soon(own);
    expect(providersOf(registry)).toEqual(['own-2', 'own-1', 'queued']);
    expect(registry.revision).toBe(2);
    expect(order).toEqual([1, 2]);
  });

  it('and succeeds with writes queued behind nobody who runs, it commits, and they come after it', async () => {
    const registry = new CandidateRegistry();
    const go = new Gate();
    const queued: Promise<unknown>[] = [];
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'inside' }));
      const child = tx.transaction(() => go.passed);
      queued.push(tx.registerCandidate(offer({ provider: 'behind' })));
      go.open();
      await child;
    });
    await Promise.all(queued);
    expect(providersOf(registry)).toEqual(['behind', 'inside']);
    expect(registry.keys()).toHaveLength(1);
  });

  it('a queued child that leaves a savepoint joins the transaction around it', async () => {
    const registry = new CandidateRegistry();
    let queued: Promise<unknown> | undefined;
    await registry.transaction(async (tx) => {
      const go = new Gate();
      let running: Promise<unknown> | undefined;
      const savepoint = tx.transaction((inner) => {
        running = inner.transaction(() => go.passed);
        queued = inner.registerCandidate(offer({ provider: 'queued' }));
      });
      await rejectionOf(savepoint);
      go.open();
      await rejectionOf(running!);
      await queued;
      expect(providersOf(tx)).toEqual(['queued']);
      expect(registry.snapshot().revision).toBe(1);
    });
    expect(registry.revision).toBe(1);
  });
});

describe('work that goes on after its transaction', () => {
  it('writes on its own and reads what is published', async () => {
    const registry = new CandidateRegistry();
    const go = new Gate();
    let late: Promise<readonly string[]> | undefined;
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'inside' }));
      late = (async () => {
        await go.passed;
        const before = providersOf(registry);
        await registry.registerCandidate(offer({ provider: 'late' }));
        return before;
      })();
    });
    await registry.registerCandidate(offer({ provider: 'between' }));
    go.open();
    expect(await late).toEqual(['between', 'inside']);
    expect(providersOf(registry)).toEqual(['late', 'between', 'inside']);
    expect(registry.revision).toBe(3);
  });

  it('does not see the state of a transaction that failed, from a section that it left running', async () => {
    const lock = new ReentrantLock();
    const registry = new CandidateRegistry({ lock });
    await registry.registerCandidate(offer({ provider: 'published' }));
    const go = new Gate();
    let section: Promise<unknown> | undefined;
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'outer' }));
      const savepoint = tx.transaction(async (inner) => {
        await inner.registerCandidate(offer({ provider: 'undone' }));
        section = lock.runExclusive(async () => {
          await go.passed;
          return providersOf(registry);
        });
      });
      expect(OneiricError.is(await rejectionOf(savepoint), CHILD_ACTIVE)).toBe(true);
      go.open();
      expect(await section).toEqual(['outer', 'published']);
    });
    expect(providersOf(registry)).toEqual(['outer', 'published']);
  });
});

describe('a registry that shares its lock', () => {
  it('with another one keeps their transactions apart', async () => {
    const lock = new ReentrantLock();
    const [one, two] = [new CandidateRegistry({ lock }), new CandidateRegistry({ lock })];
    await expect(
      one.transaction(async (tx) => {
        await tx.registerCandidate(offer({ provider: 'one' }));
        await two.registerCandidate(offer({ provider: 'two' }));
        await two.transaction(async (inner) => {
          await inner.registerCandidate(offer({ provider: 'two-2' }));
          await one.registerCandidate(offer({ provider: 'one-2' }));
          expect(providersOf(one)).toEqual(['one-2', 'one']);
        });
        throw FAILURE;
      }),
    ).rejects.toBe(FAILURE);
    expect(one.keys()).toEqual([]);
    expect(providersOf(two)).toEqual(['two-2', 'two']);
    expect(two.revision).toBe(2);
  });

  it('with sections of the application joins the transaction through them', async () => {
    const lock = new ReentrantLock();
    const registry = new CandidateRegistry({ lock });
    await registry.transaction((tx) =>
      lock.runExclusive(async () => {
        await tx.registerCandidate(offer({ provider: 'a' }));
        await lock.runExclusive(() => registry.registerCandidate(offer({ provider: 'b' })));
        await microtasks(3);
        expect(providersOf(registry)).toEqual(['b', 'a']);
      }),
    );
    expect(registry.revision).toBe(1);
    await lock.runExclusive(async () => {
      await registry.registerCandidate(offer({ provider: 'c' }));
      expect(registry.revision).toBe(2);
    });
    await quiet();
    expect(lock.isLocked()).toBe(false);
  });

  it('when strict rejects a transaction that leaves queued calls behind, and commits nothing of it', async () => {
    const registry = new CandidateRegistry({ lock: new ReentrantLock({ strict: true }) });
    const go = new Gate();
    const left: Promise<unknown>[] = [];
    const work = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'inside' }));
      left.push(
        tx.transaction(() => go.passed),
        tx.registerCandidate(offer({ provider: 'queued' })),
      );
    });
    await rejectionOf(work);
    go.open();
    await rejectionOf(left[0]!);
    await left[1];
    expect(providersOf(registry)).toEqual(['queued']);
  });
});
