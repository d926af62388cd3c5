import fc from 'fast-check';

import type { Change } from '../../src/decision/changes.js';
import { decide } from '../../src/decision/decide.js';
import { formatChange, parseChange } from '../../src/decision/parse-change.js';
import { whatIf } from '../../src/decision/what-if.js';
import { whyNot } from '../../src/decision/why-not.js';
import { OneiricError } from '../../src/errors/oneiric-error.js';
import { aQuestion, type Setting } from './a-question.js';
import { anySetting } from './some-settings.js';

const offers = [
  { provider: 'redis', priority: 50 },
  { provider: 'memory', priority: 10 },
  { provider: 'memory', priority: 5 },
];
const question = aQuestion({ offers });

function refused(run: () => unknown): OneiricError {
  try {
    run();
  } catch (error) {
    if (OneiricError.is(error)) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('what if', () => {
  it.each<[string, readonly Change[], string | null, number | undefined]>([
    ['a priority were another', [{ change: 'priority', provider: 'memory', to: 60 }], 'memory', 3],
    [
      'the priority of one of several were another',
      [{ change: 'priority', provider: 'memory', registration: 2, to: 60 }],
      'memory',
      2,
    ],
    ['a stack level were another', [{ change: 'stackLevel', provider: 'memory', to: 100 }], 'redis', 1],
    ['a provider were selected', [{ change: 'selection', to: 'memory' }], 'memory', 2],
    ['a provider were selected that nobody offers', [{ change: 'selection', to: 'memroy' }], null, undefined],
    ['a provider were missing', [{ change: 'without', provider: 'redis' }], 'memory', 2],
    [
      'several things were otherwise',
      [
        { change: 'without', provider: 'redis' },
        { change: 'priority', provider: 'memory', registration: 3, to: 11 },
      ],
      'memory',
      3,
    ],
    ['nothing were otherwise', [], 'redis', 1],
  ])('%s, the winner is told', (_, changes, provider, registration) => {
    const { winner } = whatIf(question, changes);
    expect([winner?.provider ?? null, winner?.sequence]).toEqual([provider, registration]);
  });

  it('tells the changes, and what is decided without them', () => {
    const changes: Change[] = [{ change: 'priority', provider: 'memory', to: 60 }];
    const before = decide(question);
    const supposed = whatIf(question, changes);
    expect(supposed.hypothetical).toEqual(changes);
    expect(supposed.baseline).toEqual({ winner: before.winner, fingerprint: before.fingerprint });
    expect(supposed.toJSON()).toMatchObject({
      hypothetical: changes,
      baseline: { winner: { provider: 'redis' }, fingerprint: before.fingerprint },
    });
    expect(supposed.fingerprint).not.toBe(before.fingerprint);
  });

  it('leaves an ordinary explanation without either', () => {
    const form = decide(question).toJSON();
    expect(Object.keys(form)).not.toContain('hypothetical');
    expect(Object.keys(form)).not.toContain('baseline');
  });

  it('changes nothing outside itself', () => {
    const before = JSON.stringify(decide(question));
    whatIf(question, [
      { change: 'priority', provider: 'memory', to: 60 },
      { change: 'without', provider: 'redis' },
    ]);
    expect(JSON.stringify(decide(question))).toBe(before);
  });

  it('says of a supposed number and a supposed selection where they come from', () => {
    const { candidates, selection } = whatIf(question, [
      { change: 'priority', provider: 'redis', to: 1 },
      { change: 'selection', to: 'redis' },
    ]);
    expect(candidates.find(({ provider }) => provider === 'redis')?.origins.priority).toEqual({
      kind: 'hypothesis',
    });
    expect(selection).toMatchObject({ provider: 'redis', policy: 'pin', origin: { kind: 'hypothesis' } });
  });

  it('can suppose that there is no selection', () => {
    const pinned = aQuestion({ offers, selection: 'memory' });
    expect(decide(pinned).winner?.provider).toBe('memory');
    expect(whatIf(pinned, [{ change: 'selection', to: null }]).winner?.provider).toBe('redis');
  });

  it('can be asked again of its own answer', () => {
    const first = whatIf(question, [{ change: 'without', provider: 'redis' }]);
    const second = whatIf(first.question, [
      { change: 'priority', provider: 'memory', registration: 3, to: 20 },
    ]);
    expect(second.winner?.sequence).toBe(3);
    expect(second.baseline?.winner?.sequence).toBe(2);
  });

  it('with no change is what is decided anyway', () => {
    fc.assert(
      fc.property(anySetting, (setting: Setting) => {
        const asked = aQuestion(setting);
        const { winner, fingerprint } = decide(asked);
        expect(whatIf(asked, []).toJSON()).toEqual({
          ...decide(asked).toJSON(),
          hypothetical: [],
          baseline: { winner: winner === null ? null : { provider: winner.provider }, fingerprint },
        });
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, Change, string, string]>([
    [
      'a provider that nobody offers',
      { change: 'priority', provider: 'memroy', to: 1 },
      'ONEIRIC_DECISION_CHANGE_PROVIDER',
      'Did you mean "memory"? Offered are redis, memory.',
    ],
    [
      'the absence of a provider that nobody offers',
      { change: 'without', provider: 'postgres' },
      'ONEIRIC_DECISION_CHANGE_PROVIDER',
      'nobody offers for adapter/cache',
    ],
    [
      'a registration of another provider',
      { change: 'stackLevel', provider: 'memory', registration: 1, to: 1 },
      'ONEIRIC_DECISION_CHANGE_REGISTRATION',
      "none of memory's: 2, 3",
    ],
    [
      'a priority out of bounds',
      { change: 'priority', provider: 'redis', to: 1001 },
      'ONEIRIC_DECISION_CHANGE_VALUE',
      'from -1000 to 1000',
    ],
    [
      'a stack level out of bounds',
      { change: 'stackLevel', provider: 'redis', to: -101 },
      'ONEIRIC_DECISION_CHANGE_VALUE',
      'from -100 to 100',
    ],
    [
      'a priority that is no integer',
      { change: 'priority', provider: 'redis', to: 0.5 },
      'ONEIRIC_DECISION_CHANGE_VALUE',
      'sets 0.5',
    ],
    [
      'a priority that is a text',
      { change: 'priority', provider: 'redis', to: '9' as unknown as number },
      'ONEIRIC_DECISION_CHANGE_VALUE',
      'sets "9"',
    ],
  ])('refuses %s', (_, change, code, message) => {
    const error = refused(() => whatIf(question, [change]));
    expect([error.code, error.message.includes(message)]).toEqual([code, true]);
  });

  it('refuses a change of a provider that an earlier change took away', () => {
    const changes: Change[] = [
      { change: 'without', provider: 'redis' },
      { change: 'priority', provider: 'redis', to: 1 },
    ];
    expect(refused(() => whatIf(question, changes)).code).toBe('ONEIRIC_DECISION_CHANGE_PROVIDER');
  });
});

describe('a change in writing', () => {
  it.each<[string, Change]>([
    ['priority(redis)=60', { change: 'priority', provider: 'redis', to: 60 }],
    ['priority(redis#7)=-5', { change: 'priority', provider: 'redis', registration: 7, to: -5 }],
    ['stackLevel(my.redis_2)=1', { change: 'stackLevel', provider: 'my.redis_2', to: 1 }],
    ['selection=redis', { change: 'selection', to: 'redis' }],
    ['selection=', { change: 'selection', to: null }],
    ['without(redis)', { change: 'without', provider: 'redis' }],
  ])('%s is read, and written the same', (text, change) => {
    expect(parseChange(text)).toEqual(change);
    expect(formatChange(change)).toBe(text);
  });

  it.each([' priority ( redis # 7 ) = +60 ', 'priority(redis#7)=060'])(
    'may have spaces and signs: %j',
    (text) => {
      expect(parseChange(text)).toEqual({ change: 'priority', provider: 'redis', registration: 7, to: 60 });
    },
  );

  it.each([
    ['', null],
    ['priority=60', null],
    ['priority(redis)', null],
    ['priority()=6', null],
    ['priority(re/dis)=6', null],
    ['priority(__proto__)=6', null],
    ['selection(redis)=6', null],
    ['selection=../x', null],
    ['without=redis', null],
    ['without(redis#2)', null],
    ['without(redis)=3', null],
    ['priorty(redis)=60', 'priority'],
    ['stacklevel(redis)=1', 'stackLevel'],
    ['select=redis', 'selection'],
    ['capability(redis)=kv', null],
  ])('%j is refused, with the nearest that can be written', (text, nearest) => {
    const error = refused(() => parseChange(text));
    expect(error).toMatchObject({ code: 'ONEIRIC_DECISION_CHANGE_SYNTAX', details: { nearest } });
    expect(error.message).toContain('priority(<provider>)=<number>');
  });

  it.each([
    'priority(redis)=1001',
    'priority(redis)=1e3',
    'priority(redis)=0x10',
    'stackLevel(redis)=101',
    'stackLevel(redis)=1.5',
    'priority(redis)=NaN',
  ])('%s is refused for its number', (text) =>
    expect(refused(() => parseChange(text)).code).toBe('ONEIRIC_DECISION_CHANGE_VALUE'),
  );

  it('keeps no negative zero', () => {
    expect(parseChange('priority(redis)=-0')).toEqual({ change: 'priority', provider: 'redis', to: 0 });
  });

  it('is not read in more time than its length', () => {
    const error = refused(() => parseChange(`priority(${' '.repeat(50_000)}`));
    expect(error.code).toBe('ONEIRIC_DECISION_CHANGE_SYNTAX');
  });
});

describe('why not', () => {
  it('picks every candidate of a provider as it stands', () => {
    const explanation = decide(question);
    const { candidates, nearest } = whyNot(explanation, 'memory');
    expect(candidates).toEqual(explanation.candidates.slice(1));
    expect(nearest).toBeNull();
  });

  it('offers the nearest name where nobody offers the provider', () => {
    expect(whyNot(decide(question), 'memroy')).toEqual({
      provider: 'memroy',
      candidates: [],
      nearest: 'memory',
    });
    expect(whyNot(decide(question), 'postgres').nearest).toBeNull();
  });
});
