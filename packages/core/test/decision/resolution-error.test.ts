import { decide } from '../../src/decision/decide.js';
import { ResolutionError } from '../../src/decision/resolution-error.js';
import { OneiricError } from '../../src/errors/oneiric-error.js';
import { aQuestion, type Offer, type Setting } from './a-question.js';

const fail = (setting: Setting): ResolutionError => new ResolutionError(decide(aQuestion(setting)));
const redis: Offer = { provider: 'redis', capabilities: ['kv'], marks: { UNHEALTHY: 'no answer' } };
const memory: Offer = { provider: 'memory', priority: 5 };

describe('the error of a decision that nothing won', () => {
  it('is one of ours, of its own class, and carries the explanation', () => {
    const explanation = decide(aQuestion({ offers: [] }));
    const error = new ResolutionError(explanation);
    expect(error).toBeInstanceOf(Error);
    expect(OneiricError.is(error, 'ONEIRIC_RESOLUTION_NONE')).toBe(true);
    expect(error.name).toBe('ResolutionError');
    expect(error.explanation).toBe(explanation);
  });

  it.each<[string, Setting, readonly string[]]>([
    [
      'nothing is registered',
      { offers: [] },
      ['Nothing is registered for adapter/cache.', 'Register a candidate for adapter/cache.'],
    ],
    [
      'everything is filtered',
      { offers: [redis, memory], request: { capabilities: ['kv'] } },
      [
        'adapter/cache: Nothing won: both candidates are filtered; nearest miss redis: it is unhealthy: no answer.',
        '  redis: UNHEALTHY, is unhealthy: no answer',
        '  memory: CAPABILITY_MISSING, lacks kv; it has no capabilities',
        'Repair what the detail names. The mark goes when the check succeeds again.',
      ],
    ],
    [
      'the request asks for a provider that nobody offers',
      { offers: [memory], request: { provider: 'memroy' } },
      [
        'Nothing won: the request asks for memroy, which nobody offers for adapter/cache. Did you mean "memory"?',
        '  memory: PROVIDER_NOT_REQUESTED, is not the requested memroy',
        'Ask without a provider to let all of them compete, or ask for this one.',
      ],
    ],
    [
      'a pin names one that is filtered',
      { offers: [redis, memory], selection: 'redis' },
      [
        'adapter/cache: Nothing won: the selection pins redis, which is filtered: it is unhealthy: no answer.',
        '  redis: UNHEALTHY, is unhealthy: no answer',
        'Select one that is eligible (memory), or let the selection fall back: { provider: "redis", policy: "prefer" }.',
      ],
    ],
    [
      'a pin names one that nobody offers',
      { offers: [memory, memory], selection: 'memroy' },
      [
        'Nothing won: the selection pins memroy, which nobody offers for adapter/cache. Did you mean "memory"?',
        'Select one that is eligible (memory), or let the selection fall back: { provider: "memroy", policy: "prefer" }.',
      ],
    ],
  ])('says what failed, the nearest miss first, and what to do next, where %s', (_, setting, lines) => {
    expect(fail(setting).message.split('\n')).toEqual(lines);
  });

  it('has the findings of the explanation in its details, which JSON can carry', () => {
    const { details } = fail({
      offers: [redis, memory],
      request: { capabilities: ['kv'] },
      selection: 'redis',
    });
    expect(JSON.parse(JSON.stringify(details))).toEqual(details);
    expect(details).toMatchObject({
      request: { domain: 'adapter', key: 'cache', capabilities: ['kv'] },
      misses: [
        { provider: 'redis', code: 'UNHEALTHY', expected: 'healthy', actual: 'no answer' },
        { provider: 'memory', code: 'CAPABILITY_MISSING', expected: ['kv'], actual: [] },
      ],
      shadowed: [],
      unknown: [],
      pinnedTo: 'redis',
    });
  });

  it('does not blame a pin that does not bind', () => {
    const { details } = fail({ offers: [memory], request: { provider: 'redis' }, selection: 'disk' });
    expect(details.pinnedTo).toBeNull();
  });

  it('shows of a detail one short line that does a terminal no harm', () => {
    const { message } = fail({ offers: [{ marks: { LOAD_FAILED: `\u001b[31m${'long\n'.repeat(500)}` } }] });
    expect(message).toContain('\\u{1b}[31mlong long');
    expect(message).toContain('…');
    expect(message.length).toBeLessThan(1000);
  });

  it('shows a few of many misses, and how many there are', () => {
    const offers = Array.from({ length: 40 }, (_, index): Offer => ({
      provider: `p${index}`,
      marks: { PAUSED: '' },
    }));
    const lines = fail({ offers }).message.split('\n');
    expect(lines).toHaveLength(8);
    expect(lines[6]).toBe('  and 35 more');
  });
});
