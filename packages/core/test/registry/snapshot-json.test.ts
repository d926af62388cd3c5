import { dependenciesOf } from '../../src/dependencies/dependency-graph.js';
import { OneiricError } from '../../src/errors/oneiric-error.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { defineKey } from '../../src/registry/define-key.js';
import { readSnapshotJson } from '../../src/registry/read-snapshot-json.js';
import type { RegistrySnapshot } from '../../src/registry/registry-snapshot.js';
import { type RegistrySnapshotJson, snapshotJson } from '../../src/registry/snapshot-json.js';
import { offer, plugin } from './harness/offer.js';

const QUEUE = defineKey('service', 'queue');

async function rich(): Promise<CandidateRegistry> {
  const registry = new CandidateRegistry({
    selections: { adapter: { cache: { provider: 'p1', policy: 'prefer' } } },
    stackOrder: { '@acme/p': 40 },
    defaultPriority: 5,
    platform: { os: 'plan9', node: '21.3.0' },
  });
  await registry.registerAll([
    offer({ provider: 'p0', capabilities: ['kv'], inject: { queue: QUEUE, own: 'other' }, version: '1.2.3' }),
    offer({
      provider: 'p1',
      source: plugin('p'),
      requires: ['service/queue'],
      metadata: { token: 'hunter2' },
    }),
    offer({ provider: 'p2', platform: { os: ['plan9'], node: '>=21' }, stackLevel: 3, factory: './x.js#y' }),
    offer({ provider: 'p3', platform: { os: ['linux'] } }),
    offer({ provider: 'p4', conflictsWith: ['p0'], scope: 'scoped' }),
    offer({ ...QUEUE, provider: 'bull', requires: ['adapter/cache'] }),
  ]);
  await registry.mark(registry.resolve('service', 'queue')!, 'UNHEALTHY', { ping: 'late' });
  await registry.select('service', 'gone', 'nobody');
  return registry;
}

function sent(snapshot: RegistrySnapshot): RegistrySnapshot {
  return readSnapshotJson(JSON.parse(JSON.stringify(snapshotJson(snapshot))));
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('a snapshot that was sent as text', () => {
  it('explains every key as the registry does, to the last word and with the same fingerprint', async () => {
    const snapshot = (await rich()).snapshot();
    const there = sent(snapshot);
    expect(there.keys()).toEqual(snapshot.keys());
    expect(there.revision).toBe(snapshot.revision);
    for (const { domain, key } of snapshot.keys()) {
      for (const request of [{}, { capabilities: ['kv'] }, { provider: 'p3' }, { provider: 'nobody' }]) {
        const own = snapshot.explain(domain, key, request).toJSON();
        const { revision } = snapshot;
        expect(plain(there.explain(domain, key, request).toJSON())).toEqual(plain({ ...own, revision }));
      }
    }
  });

  it('answers what if, and what needs what, as the registry does', async () => {
    const snapshot = (await rich()).snapshot();
    const there = sent(snapshot);
    const changes = [{ change: 'priority', provider: 'p2', to: 99 }] as const;
    const ask = (reads: RegistrySnapshot) => reads.explain('adapter', 'cache', { changes });
    expect(ask(there).fingerprint).toBe(ask(snapshot).fingerprint);
    expect(ask(there).winner?.provider).toBe('p2');
    const { missing, cycles } = dependenciesOf(there, there.explain('adapter', 'cache'));
    expect({ missing, cycles }).toEqual(
      (({ missing: m, cycles: c }) => ({ missing: m, cycles: c }))(
        dependenciesOf(snapshot, snapshot.explain('adapter', 'cache')),
      ),
    );
  });

  it('holds no secret and no code, and says so where its code is asked for', async () => {
    const json = JSON.stringify(snapshotJson((await rich()).snapshot()));
    expect(json).not.toContain('hunter2');
    const { factory } = readSnapshotJson(JSON.parse(json)).explain('adapter', 'cache', {
      provider: 'p0',
    }).winner!;
    const build = factory as (context: object) => unknown;
    expect(() => build({ candidate: { domain: 'adapter', key: 'cache', provider: 'p0' } })).toThrow(
      expect.objectContaining({ code: 'ONEIRIC_REGISTRY_FACTORY_ELSEWHERE' }),
    );
  });

  it('is sent again as it came', async () => {
    const json = snapshotJson((await rich()).snapshot());
    expect(snapshotJson(readSnapshotJson(json))).toEqual(json);
  });
});

describe('what is no snapshot', () => {
  const broken: readonly (readonly [string, (json: RegistrySnapshotJson) => unknown, string])[] = [
    ['nothing', () => undefined, 'schemaVersion'],
    ['a list', () => [], 'schemaVersion'],
    ['another version', (json) => ({ ...json, schemaVersion: 2 }), 'schemaVersion'],
    ['a revision below zero', (json) => ({ ...json, revision: -1 }), 'revision'],
    ['no platform', (json) => ({ ...json, platform: null }), 'platform'],
    ['keys that are no list', (json) => ({ ...json, keys: {} }), 'keys'],
    ['a key twice', (json) => ({ ...json, keys: [json.keys[1], json.keys[1]] }), 'keys[1].key'],
    ['a name that is none', (json) => first(json, { key: '__proto__' }), 'keys[0].key'],
    ['candidates that are no list', (json) => first(json, { candidates: 3 }), 'keys[0].candidates'],
    ['a candidate that is none', (json) => first(json, { candidates: [null] }), 'keys[0].candidates[0]'],
    ['a selection that is none', (json) => first(json, { selection: 7 }), 'keys[0].selection'],
    ['a sequence that is none', (json) => offered(json, { sequence: 'x' }), 'keys[0].candidates[0].sequence'],
    ['no priority', (json) => offered(json, { priority: undefined }), 'keys[0].candidates[0].priority'],
    [
      'a priority out of bounds',
      (json) => offered(json, { priority: 1e9 }),
      'keys[0].candidates[0].priority',
    ],
    ['no origins', (json) => offered(json, { origins: {} }), 'keys[0].candidates[0].origins'],
    ['an unknown mark', (json) => offered(json, { marks: { ILL: 'x' } }), 'keys[0].candidates[0].marks.ILL'],
    [
      'a factory that is a URL',
      (json) => offered(json, { factory: 'data:,x#y' }),
      'keys[0].candidates[0].factory',
    ],
  ];

  it.each(broken)('%s is refused with its place', async (_, breaks, path) => {
    const json = snapshotJson((await rich()).snapshot());
    let error: unknown;
    try {
      readSnapshotJson(breaks(json));
    } catch (thrown) {
      error = thrown;
    }
    expect(OneiricError.is(error, 'ONEIRIC_REGISTRY_SNAPSHOT_INVALID')).toBe(true);
    const { problems } = (error as OneiricError<'ONEIRIC_REGISTRY_SNAPSHOT_INVALID'>).details;
    expect(problems.map((problem) => problem.path)).toContain(path);
  });

  it('with a registration that two candidates have is refused', async () => {
    const json = snapshotJson((await rich()).snapshot());
    const [one] = json.keys[0]!.candidates;
    const twice = first(json, { candidates: [one, { ...one, provider: 'twin' }] });
    expect(() => readSnapshotJson(twice)).toThrow(/registration of its own/);
  });
});

function first(json: RegistrySnapshotJson, change: object): unknown {
  const [key, ...others] = json.keys;
  return { ...json, keys: [{ ...key, ...change }, ...others] };
}

function offered(json: RegistrySnapshotJson, change: object): unknown {
  const [candidate, ...others] = json.keys[0]!.candidates;
  return first(json, { candidates: [{ ...candidate, ...change }, ...others] });
}
