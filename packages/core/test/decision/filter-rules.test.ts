import { decide } from '../../src/decision/decide.js';
import { FILTER_RULES } from '../../src/decision/filter-rules.js';
import { FILTER_CODES, type FilterCode } from '../../src/decision/finding.js';
import { MARK_CODES } from '../../src/decision/mark.js';
import { aQuestion, type Offer, type Setting } from './a-question.js';

interface Row {
  readonly title: string;
  readonly offer: Offer;
  readonly request?: Setting['request'];
  /** Undefined: it passes. */
  readonly finding?: { readonly code: FilterCode; readonly expected: unknown; readonly actual: unknown };
}

const kv = { capabilities: ['kv', 'scan'] };
const lacking = (expected: readonly string[], actual: readonly string[]) => ({
  code: 'CAPABILITY_MISSING' as const,
  expected,
  actual,
});
const unsupported = (expected: object, actual: object) => ({
  code: 'PLATFORM_UNSUPPORTED' as const,
  expected,
  actual,
});

// This machine is linux with Node 20.20.2.
const rows: readonly Row[] = [
  {
    title: 'another provider than the one asked for is filtered',
    offer: { provider: 'memory' },
    request: { provider: 'redis' },
    finding: { code: 'PROVIDER_NOT_REQUESTED', expected: 'redis', actual: 'memory' },
  },
  { title: 'the provider asked for passes', offer: { provider: 'redis' }, request: { provider: 'redis' } },
  {
    title: 'a provider that differs only in case is another one',
    offer: { provider: 'Redis' },
    request: { provider: 'redis' },
    finding: { code: 'PROVIDER_NOT_REQUESTED', expected: 'redis', actual: 'Redis' },
  },

  { title: 'who has all capabilities passes', offer: kv, request: { capabilities: ['scan', 'kv'] } },
  {
    title: 'who lacks one of the capabilities is filtered',
    offer: kv,
    request: { capabilities: ['kv', 'ttl'] },
    finding: lacking(['kv', 'ttl'], ['kv', 'scan']),
  },
  {
    title: 'who lacks one passes where any is enough',
    offer: kv,
    request: { capabilities: ['kv', 'ttl'], requireAll: false },
  },
  {
    title: 'who has none is filtered where any is enough',
    offer: kv,
    request: { capabilities: ['ttl'], requireAll: false },
    finding: lacking(['ttl'], ['kv', 'scan']),
  },
  {
    title: 'who has no capabilities at all is filtered',
    offer: {},
    request: { capabilities: ['kv'] },
    finding: lacking(['kv'], []),
  },
  { title: 'no capability is missing where none is asked for', offer: {}, request: { requireAll: false } },

  { title: 'one of the operating systems is enough', offer: { platform: { os: ['darwin', 'linux'] } } },
  {
    title: 'none of the operating systems is filtered',
    offer: { platform: { os: ['darwin', 'win32'] } },
    finding: unsupported({ os: ['darwin', 'win32'] }, { os: 'linux' }),
  },
  { title: 'a Node version within the range passes', offer: { platform: { node: '^20.19 || >=22.12' } } },
  {
    title: 'a Node version outside the range is filtered',
    offer: { platform: { node: '>=22' } },
    finding: unsupported({ node: '>=22' }, { node: '20.20.2' }),
  },
  {
    title: 'both the system and the Node version have to fit',
    offer: { platform: { os: ['linux'], node: '<20' } },
    finding: unsupported({ os: ['linux'], node: '<20' }, { os: 'linux', node: '20.20.2' }),
  },
  { title: 'a platform without wishes passes', offer: { platform: {} } },
  {
    title: 'a list without any operating system fits none',
    offer: { platform: { os: [] } },
    finding: unsupported({ os: [] }, { os: 'linux' }),
  },

  ...MARK_CODES.map((code): Row => ({
    title: `a candidate that is marked ${code} is filtered, and the detail is told`,
    offer: { marks: { [code]: { since: 'boot' } } },
    finding: { code, expected: expect.any(String), actual: { since: 'boot' } },
  })),
];

describe('the filter', () => {
  it.each(rows)('$title', ({ offer, request = {}, finding }) => {
    const [report] = decide(aQuestion({ offers: [offer], request })).candidates;
    expect(report).toMatchObject(
      finding === undefined ? { state: 'active' } : { state: 'filtered', ...finding },
    );
  });

  it('asks its rules in the order of the codes', () => {
    expect(FILTER_RULES.map(({ code }) => code)).toEqual([...FILTER_CODES]);
    expect(FILTER_CODES.slice(0, 5)).toEqual([
      'PROVIDER_NOT_REQUESTED',
      'CAPABILITY_MISSING',
      'PLATFORM_UNSUPPORTED',
      'REQUIREMENT_MISSING',
      'CONFLICT',
    ]);
    expect(FILTER_CODES.slice(5)).toEqual(MARK_CODES);
  });

  it('tells the first rule that rejects a candidate, and none after it', () => {
    const worst: Offer = {
      platform: { os: ['win32'] },
      requires: [{ domain: 'no', key: 'thing' }],
      conflictsWith: ['default'],
      marks: Object.fromEntries(MARK_CODES.map((code) => [code, ''])),
    };
    const reasons: readonly Partial<Offer>[] = [
      { capabilities: ['kv'] },
      { platform: {} },
      { requires: [] },
      { conflictsWith: [] },
      ...MARK_CODES.map((_, index) => ({
        marks: Object.fromEntries(MARK_CODES.slice(index + 1).map((code) => [code, ''])),
      })),
    ];
    const request = { provider: 'default', capabilities: ['kv'] };
    let offer: Offer = { ...worst, provider: 'worst' };
    const codes: string[] = [];
    const ask = (): void => {
      const { candidates } = decide(aQuestion({ offers: [{ ...offer }, ...rivals(offer)], request }));
      const report = candidates.find(({ rank }) => rank.registration === 1);
      codes.push(report?.state === 'filtered' ? report.code : String(report?.state));
    };
    ask();
    offer = { ...offer, provider: 'default' };
    ask();
    for (const reason of reasons) {
      offer = { ...offer, ...reason };
      ask();
    }
    expect(codes).toEqual([...FILTER_CODES, 'active']);
  });

  it('accepts a prerelease of Node within the range', () => {
    const platform = { os: 'linux', node: '25.0.0-nightly2026' };
    const offers = [{ platform: { node: '>=22' } }];
    expect(decide(aQuestion({ offers, platform })).outcome).toBe('resolved');
  });

  it('shows no secret of a mark', () => {
    const offers = [{ marks: { LOAD_FAILED: 'cannot reach redis://admin:hunter2@cache.example' } }];
    const text = JSON.stringify(decide(aQuestion({ offers })));
    expect(text).toContain('cache.example');
    expect(text).not.toContain('hunter2');
  });
});

/** Somebody of the same provider that the last candidate conflicts with, so that only that rule sees it. */
function rivals({ conflictsWith = [] }: Offer): readonly Offer[] {
  return conflictsWith.map(() => ({ provider: 'default', priority: 9, capabilities: ['kv'] }));
}
