import fc from 'fast-check';

import { decide } from '../../src/decision/decide.js';
import { aQuestion, type Offer, type Setting } from './a-question.js';
import { anySetting, RUNS } from './some-settings.js';

const print = (setting: Setting): string => decide(aQuestion(setting)).fingerprint;

const base: Setting = {
  offers: [
    {
      provider: 'redis',
      priority: 5,
      stackLevel: 1,
      capabilities: ['kv', 'ttl'],
      platform: { os: ['linux', 'darwin'] },
      conflictsWith: ['gone'],
      requires: [{ domain: 'service', key: 'log' }],
    },
    { provider: 'memory', priority: 2, capabilities: ['kv'] },
    { provider: 'disk', priority: 2, capabilities: ['scan', 'kv'] },
    { provider: 'broken', priority: 9, capabilities: ['kv'], marks: { UNHEALTHY: 'no answer' } },
    { provider: 'poor', priority: 7, capabilities: ['scan'] },
  ],
  request: { capabilities: ['kv'] },
  selection: { provider: 'memory', policy: 'prefer' },
  others: { 'service/log': [{ provider: 'pino' }] },
};

function withOffer(index: number, change: Partial<Offer>): Setting {
  return {
    ...base,
    offers: base.offers.map((offer, at) => (at === index ? { ...offer, ...change } : offer)),
  };
}

describe('a fingerprint', () => {
  it('is a SHA-256 in base64url', () => {
    expect(print(base)).toMatch(/^sha256-[\w-]{43}$/);
  });

  it.each<[string, Setting]>([
    ['the key', { ...base, key: 'queue' }],
    ['the provider that is asked for', { ...base, request: { capabilities: ['kv'], provider: 'redis' } }],
    ['the capabilities that are asked for', { ...base, request: { capabilities: ['kv', 'ttl'] } }],
    ['whether all of them are needed', { ...base, request: { capabilities: ['kv'], requireAll: false } }],
    ['the selected provider', { ...base, selection: { provider: 'redis', policy: 'prefer' } }],
    ['the policy of the selection', { ...base, selection: { provider: 'memory', policy: 'pin' } }],
    ['that there is a selection', omit(base, 'selection')],
    ['a name', withOffer(2, { provider: 'disc' })],
    ['a priority', withOffer(2, { priority: 1 })],
    ['a stack level', withOffer(2, { stackLevel: -1 })],
    ['a platform', withOffer(0, { platform: { os: ['linux'] } })],
    ['a requirement', withOffer(0, { requires: [] })],
    [
      'the capability of a requirement',
      withOffer(0, {
        requires: [
          { domain: 'service', key: 'log', capabilities: [] },
          { domain: 'adapter', key: 'cache' },
        ],
      }),
    ],
    ['a conflict', withOffer(0, { conflictsWith: [] })],
    ['that somebody is offered at all', { ...base, offers: base.offers.slice(0, 4) }],
    ['that somebody is marked', withOffer(1, { marks: { PAUSED: '' } })],
    ['by which mark', withOffer(3, { marks: { EXPIRED: '' } })],
    ['that a requirement is met', { ...base, others: {} }],
  ])('depends on %s', (_, changed) => {
    expect(print(changed)).not.toBe(print(base));
  });

  it.each<[string, Setting]>([
    ['the revision', { ...base, revision: 99 }],
    ['the machine, as long as it allows the same', { ...base, platform: { os: 'darwin', node: '24.1.0' } }],
    ['the version', withOffer(1, { version: '3.0.0' })],
    [
      'who offers a candidate, and where',
      withOffer(1, { source: { kind: 'plugin', id: 'x', file: 'a.ts', line: 3 } }),
    ],
    ['metadata', withOffer(1, { metadata: { a: 1 } })],
    ['factories', withOffer(1, { factory: 'package/file#export' })],
    ['what is injected', withOffer(1, { inject: { log: 'service/log' } })],
    ['capabilities that nobody asked for', withOffer(1, { capabilities: ['kv', 'watch'] })],
    ['the order of capabilities', withOffer(2, { capabilities: ['kv', 'scan'] })],
    ['the order of platforms', withOffer(0, { platform: { os: ['darwin', 'linux'] } })],
    ['what a mark says', withOffer(3, { marks: { UNHEALTHY: 'something else' } })],
    ['a mark after the first', withOffer(3, { marks: { UNHEALTHY: 'no answer', EXPIRED: '' } })],
    ['a mark on one that is out already', withOffer(4, { marks: { UNHEALTHY: 'no answer' } })],
    ['the priority of one that is out', withOffer(4, { priority: -7 })],
    ['the platform of one that is out before that is asked', withOffer(4, { platform: { os: ['linux'] } })],
    [
      'the order of registrations where something else decides',
      { ...base, offers: [1, 2, 3, 4, 0].map((at) => base.offers[at]!) },
    ],
    [
      'gaps between registration numbers',
      { ...base, offers: base.offers.map((offer, at) => ({ ...offer, sequence: at * 10 + 3 })) },
    ],
    [
      'another one that meets the same requirement',
      { ...base, others: { 'service/log': [{ provider: 'pino' }, { provider: 'console' }] } },
    ],
    ['keys that it does not need', { ...base, others: { ...base.others, 'adapter/queue': [{}] } }],
    [
      'where the selection was made',
      { ...base, selection: { provider: 'memory', policy: 'prefer', origin: { kind: 'environment' } } },
    ],
  ])('does not depend on %s', (_, changed) => {
    expect(print(changed)).toBe(print(base));
  });

  it('depends on the order of registrations where nothing else tells two apart', () => {
    const [a, b] = [{ provider: 'a' }, { provider: 'b' }];
    expect(print({ offers: [a, b] })).not.toBe(print({ offers: [b, a] }));
  });

  it('does not depend on a selection that does not bind', () => {
    const asked: Setting = { ...base, request: { provider: 'redis' } };
    expect(print({ ...asked, selection: 'nobody' })).toBe(print(omit(asked, 'selection')));
  });

  it('does not depend on the order in which capabilities are asked for', () => {
    const ask = (...capabilities: string[]): string =>
      print({ ...base, request: { capabilities, requireAll: false } });
    expect(ask('kv', 'scan')).toBe(ask('scan', 'kv'));
  });

  it('is the same for two processes that number their registrations differently', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(anySetting, gaps, fc.nat(), (setting, steps, revision) => {
        let sequence = 0;
        const offers = setting.offers.map((offer, at): Offer => ({
          ...offer,
          sequence: (sequence += steps[at]!),
        }));
        expect(print({ ...setting, offers, revision })).toBe(print(setting));
      }),
      RUNS,
    );
  });

  it('differs wherever the winner, the rule or the codes differ', () => {
    fc.assert(
      fc.property(anySetting, anySetting, (one, other) => {
        const told = (setting: Setting): string => {
          const { winner, decidedBy, candidates } = decide(aQuestion(setting));
          const states = candidates.map((report) =>
            [report.provider, report.state === 'filtered' ? report.code : report.state].join(),
          );
          return JSON.stringify([winner?.provider, decidedBy, states.sort()]);
        };
        const isSame = print(one) === print(other);
        expect(isSame && told(one) !== told(other)).toBe(false);
      }),
      RUNS,
    );
  });
});

function omit(setting: Setting, name: keyof Setting): Setting {
  return Object.fromEntries(Object.entries(setting).filter(([key]) => key !== name)) as unknown as Setting;
}
