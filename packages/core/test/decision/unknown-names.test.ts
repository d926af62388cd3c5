import { decide } from '../../src/decision/decide.js';
import { normaliseRequest } from '../../src/decision/normalise-request.js';
import { applyChanges } from '../../src/decision/apply-changes.js';
import { aQuestion, aWorld, someFacts, type Setting } from './a-question.js';

const offers = [
  { provider: 'redis', capabilities: ['kv', 'scan'] },
  { provider: 'memory', capabilities: ['kv'] },
];

describe('a name that names nothing', () => {
  it.each<[string, Setting, readonly object[]]>([
    [
      'a provider that is asked for',
      { offers, request: { provider: 'redsi' } },
      [{ kind: 'provider', name: 'redsi', nearest: 'redis' }],
    ],
    [
      'a provider that resembles no other',
      { offers, request: { provider: 'postgres' } },
      [{ kind: 'provider', name: 'postgres', nearest: null }],
    ],
    [
      'a capability',
      { offers, request: { capabilities: ['kv', 'scna'] } },
      [{ kind: 'capability', name: 'scna', nearest: 'scan' }],
    ],
    [
      'a pinned provider',
      { offers, selection: 'memroy' },
      [{ kind: 'selection', name: 'memroy', nearest: 'memory' }],
    ],
    [
      'a preferred provider',
      { offers, selection: { provider: 'memroy', policy: 'prefer' } },
      [{ kind: 'selection', name: 'memroy', nearest: 'memory' }],
    ],
  ])('is told with the nearest that does: %s', (_, setting, unknown) => {
    expect(decide(aQuestion(setting)).unknown).toEqual(unknown);
  });

  it('is not told where everything has its name', () => {
    const setting: Setting = { offers, request: { capabilities: ['scan'] }, selection: 'redis' };
    expect(decide(aQuestion(setting)).unknown).toEqual([]);
  });

  it('does not count where the selection does not bind', () => {
    expect(
      decide(aQuestion({ offers, request: { provider: 'redis' }, selection: 'nobody' })).unknown,
    ).toEqual([]);
  });
});

describe('a key where nothing is registered', () => {
  const world = aWorld(
    new Map(
      ['adapter/cache', 'adapter/queue', 'service/mailer', 'service/cache'].map((name) => {
        const [domain = '', key = ''] = name.split('/');
        return [name, someFacts(domain, key, [{}])];
      }),
    ),
  );
  const ask = (domain: string, key: string) =>
    decide({ facts: someFacts(domain, key, []), request: normaliseRequest(undefined), world });

  it.each([
    [
      'the nearest key of its domain',
      'adapter',
      'cahce',
      [{ kind: 'key', name: 'adapter/cahce', nearest: 'adapter/cache' }],
    ],
    [
      'the same key of another domain',
      'adapter',
      'mailer',
      [{ kind: 'key', name: 'adapter/mailer', nearest: 'service/mailer' }],
    ],
    [
      'the nearest domain that has the key',
      'adaptor',
      'queue',
      [
        { kind: 'domain', name: 'adaptor', nearest: 'adapter' },
        { kind: 'key', name: 'adaptor/queue', nearest: 'adapter/queue' },
      ],
    ],
    [
      'the nearest key of the nearest domain',
      'adaptor',
      'queu',
      [
        { kind: 'domain', name: 'adaptor', nearest: 'adapter' },
        { kind: 'key', name: 'adaptor/queu', nearest: 'adapter/queue' },
      ],
    ],
    [
      'a domain that has the key, whatever it is called',
      'task',
      'queue',
      [
        { kind: 'domain', name: 'task', nearest: null },
        { kind: 'key', name: 'task/queue', nearest: 'adapter/queue' },
      ],
    ],
    [
      'nothing where nothing is near',
      'task',
      'zzz',
      [
        { kind: 'domain', name: 'task', nearest: null },
        { kind: 'key', name: 'task/zzz', nearest: null },
      ],
    ],
  ])('is told with %s', (_, domain, key, unknown) => {
    expect(ask(domain, key).unknown).toEqual(unknown);
  });

  it('says so in its sentence, and asks what was meant', () => {
    expect(ask('adapter', 'cahce').summary).toBe(
      'Nothing is registered for adapter/cahce. Did you mean "adapter/cache"?',
    );
    expect(ask('task', 'zzz').summary).toBe('Nothing is registered for task/zzz.');
  });

  it('is not called unknown where only a supposed change emptied it', () => {
    const emptied = applyChanges(aQuestion({ offers: [{}] }), [{ change: 'without', provider: 'default' }]);
    expect(decide(emptied)).toMatchObject({ outcome: 'none', unknown: [] });
  });
});
