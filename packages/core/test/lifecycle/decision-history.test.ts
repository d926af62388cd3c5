import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DecisionHistory, type DecisionRecord } from '../../src/lifecycle/decision-history.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { keyOfChange } from '../../src/registry/change-report.js';
import type { RegistryChange } from '../../src/registry/registry-change.js';
import { holds } from '../property.js';
import { bytesKept, collectGarbage } from '../registry/harness/bytes-kept.js';
import { offer, offers, plugin } from '../registry/harness/offer.js';

const FILE = 'packages/core/test/lifecycle/decision-history.test.ts';

function aHistory(options?: { readonly perKey?: number }) {
  const registry = new CandidateRegistry();
  const history = new DecisionHistory(registry, options);
  const cache = (): readonly DecisionRecord[] => history.of('adapter', 'cache');
  return { registry, history, cache };
}

/** Who won, from the newest to the oldest. */
const winners = (records: readonly DecisionRecord[]) => records.map(({ winner }) => winner);
const causes = (records: readonly DecisionRecord[]) => records.map(({ cause }) => cause);

describe('the history of decisions', () => {
  it('is empty for a key that was never decided anew', async () => {
    const { registry, history } = aHistory();
    await registry.registerCandidate(offer());
    expect(history.of('adapter', 'queue')).toEqual([]);
  });

  it('tells the newest first: who won before, who wins now, in which revision, and by which rule', async () => {
    const { registry, cache } = aHistory();
    await registry.registerCandidate(offer({ provider: 'memory' }));
    await registry.registerCandidate(offer({ provider: 'redis', priority: 50 }));
    const { fingerprint } = registry.explain('adapter', 'cache');
    expect(cache()).toMatchObject([
      {
        revision: 2,
        previous: 'memory',
        winner: 'redis',
        outcome: 'resolved',
        decidedBy: 'priority',
        fingerprint,
      },
      { revision: 1, previous: null, winner: 'memory', outcome: 'resolved', decidedBy: null },
    ]);
  });

  it('does not tell of a commit that changed no winner', async () => {
    const { registry, cache } = aHistory();
    await registry.registerCandidate(offer({ provider: 'redis', priority: 50 }));
    await registry.registerCandidate(offer({ provider: 'memory' }));
    expect(winners(cache())).toEqual(['redis']);
  });

  it('tells that nothing wins any more, and why', async () => {
    const { registry, cache } = aHistory();
    const { candidate, unregister } = await registry.registerCandidate(
      offer({ provider: 'redis', version: '2.1.0' }),
    );
    await registry.mark(candidate, 'UNHEALTHY', { check: 'ping', password: 'hunter2' });
    await registry.mark(candidate, 'UNHEALTHY', null);
    await unregister();
    const of = { domain: 'adapter', key: 'cache', provider: 'redis' };
    const offered = { ...of, version: '2.1.0', source: { kind: 'manual' } };
    expect(cache()).toMatchObject([
      { previous: 'redis', winner: null, outcome: 'none', cause: [{ kind: 'unregistered', ...offered }] },
      { winner: 'redis', cause: [{ kind: 'mark-cleared', ...of, code: 'UNHEALTHY' }] },
      {
        winner: null,
        cause: [
          { kind: 'marked', ...of, code: 'UNHEALTHY', detail: { check: 'ping', password: '[redacted]' } },
        ],
      },
      { winner: 'redis', cause: [{ kind: 'registered', ...offered }] },
    ]);
  });

  it('tells of selections: which, from where, and what was selected before', async () => {
    const { registry, cache } = aHistory();
    await registry.registerAll(offers(2));
    const origin = { kind: 'config', file: 'oneiric.config.yaml', line: 3 } as const;
    await registry.select('adapter', 'cache', { provider: 'p0', policy: 'prefer', origin });
    await registry.clearSelection('adapter', 'cache');
    const selection = { provider: 'p0', policy: 'prefer', origin };
    const of = { domain: 'adapter', key: 'cache' };
    expect(causes(cache()).slice(0, 2)).toEqual([
      [{ kind: 'selection-cleared', ...of, previous: selection }],
      [{ kind: 'selected', ...of, selection, previous: null }],
    ]);
  });

  it('tells what is another in a candidate that was replaced', async () => {
    const { registry, cache } = aHistory();
    await registry.registerCandidate(offer({ provider: 'memory', priority: 1 }));
    const redis = { provider: 'redis', source: plugin('redis') };
    await registry.registerCandidate(offer({ ...redis, version: '1.0.0' }));
    await registry.registerCandidate(
      offer({ ...redis, version: '1.1.0', priority: 5, capabilities: ['kv'] }),
    );
    await registry.registerCandidate(
      offer({ ...redis, version: '1.1.0', priority: 5, capabilities: ['kv'], factory: () => 'another' }),
    );
    expect(causes(cache())).toMatchObject([
      [{ kind: 'replaced', provider: 'redis', differences: [] }],
      [
        {
          kind: 'replaced',
          provider: 'redis',
          version: '1.1.0',
          differences: [
            { property: 'priority', from: 0, to: 5 },
            { property: 'capabilities', from: [], to: ['kv'] },
            { property: 'version', from: '1.0.0', to: '1.1.0' },
          ],
        },
      ],
      [{ kind: 'registered', provider: 'memory' }],
    ]);
  });

  it('tells of other defaults for the ranking, with what they changed in the candidates of the key', async () => {
    const { registry, cache } = aHistory();
    await registry.registerAll([
      offer({ provider: 'redis', source: { ...plugin('redis'), package: '@acme/redis' } }),
      offer({ provider: 'memory' }),
      offer({ key: 'queue', source: { ...plugin('redis'), package: '@acme/redis' } }),
    ]);
    await registry.setRankingDefaults({ stackOrder: { '@acme/redis': 20 } });
    expect(cache()[0]).toMatchObject({
      winner: 'redis',
      cause: [
        { kind: 'replaced', provider: 'redis', differences: [{ property: 'priority', from: 0, to: 20 }] },
        { kind: 'ranking-defaults-changed' },
      ],
    });
  });

  it('tells of a change to a key that a candidate requires, also over others, and of no other key', async () => {
    const { registry, cache } = aHistory();
    await registry.registerAll([
      offer({ requires: ['service/net'] }),
      offer({ domain: 'service', key: 'net', requires: ['service/dns'] }),
    ]);
    expect(cache()).toEqual([]);
    await registry.registerAll([offer({ key: 'queue' }), offer({ domain: 'service', key: 'dns' })]);
    expect(causes(cache())).toMatchObject([[{ kind: 'registered', domain: 'service', key: 'dns' }]]);
  });

  it('keeps for each key its last decisions and no more', async () => {
    const { registry, history, cache } = aHistory({ perKey: 3 });
    for (const key of ['cache', 'queue']) {
      for (const input of offers(5)) await registry.registerCandidate({ ...input, key });
    }
    expect(winners(cache())).toEqual(['p4', 'p3', 'p2']);
    expect(winners(history.of('adapter', 'queue'))).toEqual(['p4', 'p3', 'p2']);
  });

  it('keeps twenty decisions of a key unless told otherwise', async () => {
    const { registry, cache } = aHistory();
    for (const input of offers(25)) await registry.registerCandidate(input);
    expect(winners(cache())).toEqual(Array.from({ length: 20 }, (_, index) => `p${24 - index}`));
  });

  it('knows nothing of what was decided before it began to listen, nor after it was disposed', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ provider: 'before' }));
    const history = new DecisionHistory(registry);
    await registry.registerCandidate(offer({ provider: 'during' }));
    history[Symbol.dispose]();
    await registry.registerCandidate(offer({ provider: 'after' }));
    expect(winners(history.of('adapter', 'cache'))).toEqual(['during']);
  });

  it('gives data that is frozen, that JSON carries as it is, and in which nothing is a candidate', async () => {
    const { registry, cache } = aHistory();
    const { candidate } = await registry.registerCandidate(
      offer({ platform: { os: [process.platform] }, source: plugin('redis') }),
    );
    await registry.registerCandidate(offer({ source: plugin('redis') }));
    await registry.mark(candidate, 'PAUSED', { why: ['x'] });
    const records = cache();
    expect(JSON.parse(JSON.stringify(records))).toEqual(records);
    const open: unknown[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) open.push(value);
      Object.values(value).forEach(visit);
    };
    visit(records);
    expect(open).toEqual([]);
  });

  it('is the same in two registries that the same was done to', async () => {
    const run = async () => {
      const { registry, cache } = aHistory();
      for (const input of offers(4)) await registry.registerCandidate(input);
      await registry.select('adapter', 'cache', 'p1');
      return cache();
    };
    expect(await run()).toEqual(await run());
  });
});

const keys = ['a', 'b', 'c'] as const;
const action = fc.oneof(
  fc.record({
    kind: fc.constant('offer' as const),
    key: fc.constantFrom(...keys),
    provider: fc.constantFrom('x', 'y', 'z'),
    priority: fc.integer({ min: 0, max: 3 }),
    requires: fc.option(fc.constantFrom('adapter/b', 'adapter/c'), { nil: undefined, freq: 3 }),
  }),
  fc.record({ kind: fc.constant('retire' as const), provider: fc.constantFrom('x', 'y', 'z') }),
  fc.record({
    kind: fc.constant('select' as const),
    key: fc.constantFrom(...keys),
    provider: fc.constantFrom('x', 'y', undefined),
  }),
  fc.record({ kind: fc.constant('look' as const), key: fc.constantFrom(...keys) }),
);

describe('the history of decisions, whatever is done to a registry', () => {
  it('is what an explanation said at each moment, whenever one looks, and never without a cause', () =>
    holds(
      fc.asyncProperty(
        fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), { maxLength: 20 }),
        async (commits) => {
          const { registry, history } = aHistory();
          const expected = new Map<string, object[]>(keys.map((key) => [key, []]));
          registry.on('decision-changed', ({ revision, decisions, changes, snapshot }) => {
            for (const { domain, key, previous, winner } of decisions) {
              const { outcome, decidedBy, fingerprint } = snapshot.explain(domain, key);
              expected.get(key)?.unshift({
                revision,
                previous: previous?.provider ?? null,
                winner: winner?.provider ?? null,
                outcome,
                decidedBy,
                fingerprint,
                own: changes.filter((change) => isAbout(change, key)).map(({ kind }) => kind),
              });
            }
          });
          for (const commit of commits) {
            await registry.transaction(async (tx) => {
              for (const each of commit) {
                if (each.kind === 'offer') {
                  const { key, provider, priority, requires } = each;
                  await tx.registerCandidate(
                    offer({
                      key,
                      provider,
                      priority,
                      source: plugin(provider),
                      ...(requires === undefined ? {} : { requires: [requires] }),
                    }),
                  );
                } else if (each.kind === 'retire') await tx.replaceSource(plugin(each.provider), []);
                else if (each.kind === 'look') history.of('adapter', each.key);
                else if (each.provider === undefined) await tx.clearSelection('adapter', each.key);
                else await tx.select('adapter', each.key, each.provider);
              }
            });
          }
          for (const key of keys) {
            const records = history.of('adapter', key).map(({ cause, ...record }) => {
              expect(cause.length).toBeGreaterThan(0);
              const own = cause.filter((each) => 'key' in each && each.key === key).map(({ kind }) => kind);
              return { ...record, own };
            });
            expect(records).toEqual(expected.get(key)?.slice(0, 20));
          }
        },
      ),
      { file: FILE, runs: 150 },
    ));
});

function isAbout(change: RegistryChange, key: string): boolean {
  return keyOfChange(change)?.key === key;
}

describe('what the history of decisions keeps alive', () => {
  it('is not the candidates of decisions long over', async () => {
    const { registry, history } = aHistory();
    const gone: WeakRef<object>[] = [];
    for (let round = 0; round < 300; round++) {
      const factory = () => round;
      gone.push(new WeakRef(factory));
      await registry.replaceSource(plugin('redis'), [offer({ provider: `p${round % 2}`, factory })]);
      if (round < 20) await registry.replaceSource(plugin(`k${round}`), [offer({ key: `k${round}` })]);
    }
    for (let index = 0; index < 300; index++) {
      await registry.replaceSource(plugin(`k${index % 20}`), [
        offer({ key: `k${index % 20}`, priority: 1 + Math.floor(index / 20) }),
      ]);
    }
    await new Promise(setImmediate);
    collectGarbage();
    const kept = gone.filter((each) => each.deref() !== undefined).length;
    expect(kept).toBeLessThanOrEqual(2);
    expect(history.of('adapter', 'cache')).toHaveLength(20);
  });

  it('does not grow with the decisions of a key', async () => {
    const { registry } = aHistory();
    await registry.registerAll(offers(5));
    const kept = await bytesKept(500, (index) => registry.select('adapter', 'cache', `p${index % 5}`));
    expect(kept).toBeLessThan(32);
  });
});
