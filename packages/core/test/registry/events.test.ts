import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import type { ChangedEvent, DecisionChangedEvent } from '../../src/registry/registry-events.js';
import { Gate } from '../concurrency/harness/gate.js';
import { outcomeOf, quiet } from '../concurrency/harness/turns.js';
import { coded } from './harness/coded.js';
import { offer, offers, plugin } from './harness/offer.js';
import { tag } from './harness/seen.js';

function heard(registry: CandidateRegistry): { changed: ChangedEvent[]; decided: DecisionChangedEvent[] } {
  const all = { changed: [] as ChangedEvent[], decided: [] as DecisionChangedEvent[] };
  registry.on('changed', (event) => all.changed.push(event));
  registry.on('decision-changed', (event) => all.decided.push(event));
  return all;
}

const decisions = ({ decided }: { decided: readonly DecisionChangedEvent[] }) =>
  decided.map(({ revision, decisions: list }) => [
    revision,
    ...list.map(
      ({ domain, key, previous, winner }) => `${domain}/${key}: ${previous?.provider} → ${winner?.provider}`,
    ),
  ]);

describe('a listener of "changed"', () => {
  it('is told once per commit, with everything the commit did, in the order in which it did it', async () => {
    const registry = new CandidateRegistry();
    const all = heard(registry);
    const { candidate } = await registry.registerCandidate(offer({ provider: 'a', source: plugin('p') }));
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'a', priority: 1, source: plugin('p') }));
      await tx.select('adapter', 'cache', 'b');
      await tx.select('adapter', 'cache', { provider: 'b', policy: 'prefer' });
      await tx.clearSelection('adapter', 'cache');
      await tx.mark(candidate, 'PAUSED', 'because');
      await tx.mark(candidate, 'PAUSED', null);
      await tx.replaceSource(plugin('p'), [offer({ key: 'queue' })]);
    });
    await quiet();
    expect(all.changed.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(all.changed[1]?.changes.map(({ kind }) => kind)).toEqual([
      'replaced',
      'selected',
      'selected',
      'selection-cleared',
      'marked',
      'mark-cleared',
      'registered',
      'unregistered',
    ]);
    expect(all.changed[1]?.changes).toMatchObject([
      { previous: candidate, candidate: { priority: 1, sequence: 1 } },
      { domain: 'adapter', key: 'cache', selection: { provider: 'b', policy: 'pin' }, previous: undefined },
      { selection: { policy: 'prefer' }, previous: { policy: 'pin' } },
      { domain: 'adapter', key: 'cache', previous: { provider: 'b', policy: 'prefer' } },
      { code: 'PAUSED', detail: 'because', candidate: { priority: 1 } },
      { code: 'PAUSED', candidate: { priority: 1 } },
      { candidate: { key: 'queue', sequence: 2 } },
      { candidate: { priority: 1, sequence: 1 } },
    ]);
  });

  it('hears of commits in the order of revisions, without a gap, from whichever task they come', async () => {
    const registry = new CandidateRegistry();
    const all = heard(registry);
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        if (index % 3 === 0) await registry.registerCandidate(offer({ key: `k${index}` }));
        else await registry.transaction((tx) => tx.registerAll(offers(index % 4, { key: `k${index}` })));
      }),
    );
    await quiet();
    expect(all.changed.map(({ revision }) => revision)).toEqual(
      Array.from({ length: registry.revision }, (_, index) => index + 1),
    );
    for (const { revision, snapshot } of all.changed) expect(snapshot.revision).toBe(revision);
  });

  it('is told after publication, and its snapshot is of this very commit', async () => {
    const registry = new CandidateRegistry();
    const found: unknown[] = [];
    using _ = registry.on('changed', ({ revision, snapshot }) => {
      found.push([revision, registry.revision >= revision, snapshot.listActive().map(tag)]);
    });
    await Promise.all([
      registry.registerCandidate(offer({ provider: 'a' })),
      registry.registerCandidate(offer({ provider: 'b' })),
    ]);
    await quiet();
    expect(found).toEqual([
      [1, true, ['adapter/cache=a#1']],
      [2, true, ['adapter/cache=b#2']],
    ]);
  });

  it('is told outside the section of the lock, and as a stranger to it', async () => {
    const lock = new ReentrantLock();
    const registry = new CandidateRegistry({ lock });
    const owned: boolean[] = [];
    using _ = registry.on('changed', () => owned.push(lock.isHeldByCurrentContext()));
    await registry.registerCandidate(offer({ provider: 'a' }));
    await registry.transaction((tx) => tx.registerCandidate(offer({ provider: 'b' })));
    await lock.runExclusive(() => registry.registerCandidate(offer({ provider: 'c' })));
    await quiet();
    expect(owned).toEqual([false, false, false]);
  });

  it('hears nothing of what was rolled back, wholly or in part', async () => {
    const registry = new CandidateRegistry();
    const all = heard(registry);
    const undo = (tx: CandidateRegistry, provider: string): Promise<unknown> =>
      tx
        .transaction(async (inner) => {
          await inner.registerCandidate(offer({ provider }));
          throw new Error('undo');
        })
        .catch(() => undefined);
    await undo(registry, 'never');
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'kept' }));
      await undo(tx, 'undone');
    });
    await registry.registerAll([offer(), offer({ provider: '..' })]).catch(() => undefined);
    await quiet();
    expect(all.changed.map(({ changes }) => changes.length)).toEqual([1]);
    expect(all.changed[0]?.changes).toMatchObject([{ kind: 'registered', candidate: { provider: 'kept' } }]);
  });

  it('can register: its writes wait their turn, are commits of their own, and never join or deadlock', async () => {
    const registry = new CandidateRegistry();
    const inner: Promise<unknown>[] = [];
    const revisions: number[] = [];
    using _ = registry.on('changed', ({ revision, changes }) => {
      revisions.push(revision);
      const [change] = changes;
      if (change?.kind === 'registered' && change.candidate.key === 'cache') {
        inner.push(registry.registerCandidate(offer({ key: 'echo' })));
      }
    });
    const go = new Gate();
    await registry.registerCandidate(offer());
    const transaction = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'in-transaction' }));
      await go.passed;
    });
    expect((await outcomeOf(transaction)).kind).toBe('pending');
    go.open();
    await transaction;
    await Promise.all(inner);
    await quiet();
    expect(revisions).toEqual([1, 2, 3, 4]);
    expect(registry.explain('adapter', 'echo').candidates).toHaveLength(2);
  });

  it('that throws or rejects harms nobody and is reported to the diagnostics channel', async () => {
    const registry = new CandidateRegistry();
    const reports: unknown[] = [];
    const report = (message: unknown): void => void reports.push(message);
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
    registry.on('changed', () => {
      throw thrown;
    });
    registry.on('changed', () => Promise.reject(rejected) as never);
    const all = heard(registry);
    subscribe('oneiric:listener-failed', report);
    try {
      const { candidate } = await registry.registerCandidate(offer());
      expect(registry.resolve('adapter', 'cache')).toBe(candidate);
      await registry.registerCandidate(offer({ provider: 'next' }));
      await quiet();
    } finally {
      unsubscribe('oneiric:listener-failed', report);
    }
    expect(all.changed.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(reports).toEqual(
      expect.arrayContaining([
        { event: 'registry:changed', error: thrown },
        { event: 'registry:changed', error: rejected },
      ]),
    );
    expect(reports).toHaveLength(4);
  });

  it('cannot change what the next one hears', async () => {
    const registry = new CandidateRegistry();
    const refused: unknown[] = [];
    registry.on('changed', (event) => {
      for (const attempt of [
        () => void (event.changes as unknown[]).pop(),
        () => void ((event as { revision: number }).revision = 9),
        () => void ((event.changes[0] as { kind: string }).kind = 'x'),
      ]) {
        try {
          attempt();
        } catch (error) {
          refused.push(error);
        }
      }
    });
    const all = heard(registry);
    await registry.registerCandidate(offer());
    await quiet();
    expect(refused).toHaveLength(3);
    expect(all.changed).toMatchObject([{ revision: 1, changes: [{ kind: 'registered' }] }]);
  });

  it('hears nothing after it was disposed, not even from a delivery under way', async () => {
    const registry = new CandidateRegistry();
    const told: string[] = [];
    const later: Disposable[] = [];
    using _ = registry.on('changed', ({ revision }) => {
      told.push(`first ${revision}`);
      later[0]?.[Symbol.dispose]();
    });
    later.push(registry.on('changed', ({ revision }) => told.push(`second ${revision}`)));
    await registry.registerCandidate(offer());
    await quiet();
    expect(told).toEqual(['first 1']);
  });

  it('hears only of commits after it began to listen, also when an earlier one is still to be told', async () => {
    const registry = new CandidateRegistry();
    const told: string[] = [];
    using _ = registry.on('changed', ({ revision }) => told.push(`early ${revision}`));
    const write = registry.registerCandidate(offer({ provider: 'a' }));
    expect(registry.revision).toBe(1);
    using _late = registry.on('changed', ({ revision }) => told.push(`late ${revision}`));
    await write;
    await registry.registerCandidate(offer({ provider: 'b' }));
    await quiet();
    expect(told).toEqual(['early 1', 'early 2', 'late 2']);
  });

  it('can be the same function twice, each disposed on its own', async () => {
    const registry = new CandidateRegistry();
    const told: number[] = [];
    const listener = ({ revision }: ChangedEvent): void => void told.push(revision);
    const first = registry.on('changed', listener);
    using _ = registry.on('changed', listener);
    await registry.registerCandidate(offer({ provider: 'a' }));
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    await registry.registerCandidate(offer({ provider: 'b' }));
    await quiet();
    expect(told).toEqual([1, 1, 2]);
  });
});

describe('a listener of "decision-changed"', () => {
  it('is told only of commits that changed a winner, and of the keys where they did', async () => {
    const registry = new CandidateRegistry();
    const all = heard(registry);
    await registry.registerCandidate(offer({ provider: 'a', priority: 5 }));
    await registry.registerCandidate(offer({ provider: 'loser' }));
    await registry.registerAll([
      offer({ provider: 'b', priority: 6 }),
      offer({ key: 'queue', provider: 'q' }),
    ]);
    await registry.select('adapter', 'queue', 'q');
    await registry.select('adapter', 'cache', 'loser');
    await registry.clearSelection('adapter', 'cache');
    await quiet();
    expect(all.changed).toHaveLength(6);
    expect(decisions(all)).toEqual([
      [1, 'adapter/cache: undefined → a'],
      [3, 'adapter/cache: a → b', 'adapter/queue: undefined → q'],
      [5, 'adapter/cache: b → loser'],
      [6, 'adapter/cache: loser → b'],
    ]);
  });

  it('is told of a key whose winner changes through what another key offers, at any distance', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ provider: 'plain' }),
      offer({ provider: 'redis', priority: 1, requires: ['service/net'] }),
      offer({ domain: 'service', key: 'net', provider: 'tcp', requires: ['service/dns'] }),
      offer({ domain: 'task', key: 'job', provider: 'cached', requires: ['adapter/cache'] }),
    ]);
    const all = heard(registry);
    const dns = await registry.registerCandidate(offer({ domain: 'service', key: 'dns', provider: 'doh' }));
    await registry.mark(dns.candidate, 'UNHEALTHY', 'no answer');
    await registry.mark(dns.candidate, 'UNHEALTHY', null);
    await dns.unregister();
    await quiet();
    expect(decisions(all).map(([revision, ...list]) => [revision, ...(list as string[]).sort()])).toEqual([
      [2, 'adapter/cache: plain → redis', 'service/dns: undefined → doh', 'service/net: undefined → tcp'],
      [3, 'adapter/cache: redis → plain', 'service/dns: doh → undefined', 'service/net: tcp → undefined'],
      [4, 'adapter/cache: plain → redis', 'service/dns: undefined → doh', 'service/net: undefined → tcp'],
      [5, 'adapter/cache: redis → plain', 'service/dns: doh → undefined', 'service/net: tcp → undefined'],
    ]);
  });

  it('is told of the last candidate of a key that goes, and of the first one that comes back', async () => {
    const registry = new CandidateRegistry();
    const all = heard(registry);
    const { unregister } = await registry.registerCandidate(offer({ provider: 'a' }));
    await unregister();
    await registry.registerCandidate(offer({ provider: 'b' }));
    await registry.transaction(async (tx) => {
      await tx.mark(tx.require('adapter', 'cache'), 'PAUSED', 'x');
      await tx.registerCandidate(offer({ provider: 'c' }));
    });
    await quiet();
    expect(decisions(all)).toEqual([
      [1, 'adapter/cache: undefined → a'],
      [2, 'adapter/cache: a → undefined'],
      [3, 'adapter/cache: undefined → b'],
      [4, 'adapter/cache: b → c'],
    ]);
  });

  it('sees the winner of its commit even when later commits have changed it again', async () => {
    const registry = new CandidateRegistry();
    const all = heard(registry);
    await Promise.all(['a', 'b', 'c'].map((provider) => registry.registerCandidate(offer({ provider }))));
    await quiet();
    expect(decisions(all)).toEqual([
      [1, 'adapter/cache: undefined → a'],
      [2, 'adapter/cache: a → b'],
      [3, 'adapter/cache: b → c'],
    ]);
    expect(all.decided.map(({ snapshot }) => snapshot.resolve('adapter', 'cache')?.provider)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('is told of a replaced winner, because its factory may be another one', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ provider: 'a', source: plugin('p') }));
    const all = heard(registry);
    const { candidate } = await registry.registerCandidate(
      offer({ provider: 'a', source: plugin('p'), factory: () => 2 }),
    );
    await quiet();
    expect(all.decided[0]?.decisions[0]?.winner).toBe(candidate);
  });
});

it('an event of another name is refused', () => {
  const registry = new CandidateRegistry();
  for (const event of ['change', '__proto__', 'toString', undefined]) {
    expect(() => registry.on(event as 'changed', () => undefined)).toThrow(
      coded('ONEIRIC_REGISTRY_EVENT_UNKNOWN'),
    );
  }
});
