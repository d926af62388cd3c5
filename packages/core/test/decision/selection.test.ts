import { decide } from '../../src/decision/decide.js';
import { aQuestion, type Offer, type Setting } from './a-question.js';

const redis: Offer = { provider: 'redis' };
const memory: Offer = { provider: 'memory', priority: 5 };
const sick: Offer = { provider: 'redis', marks: { UNHEALTHY: 'no answer' } };

interface Row {
  readonly title: string;
  readonly setting: Setting;
  readonly winner: string | null;
  readonly state: string | undefined;
}

const pin = 'redis';
const prefer = { provider: 'redis', policy: 'prefer' } as const;

const rows: readonly Row[] = [
  {
    title: 'a pinned provider wins over a higher priority',
    setting: { offers: [redis, memory], selection: pin },
    winner: 'redis',
    state: 'matched',
  },
  {
    title: 'a preferred provider wins over a higher priority',
    setting: { offers: [redis, memory], selection: prefer },
    winner: 'redis',
    state: 'matched',
  },
  {
    title: 'nothing wins where the pinned provider is filtered',
    setting: { offers: [sick, memory], selection: pin },
    winner: null,
    state: 'filtered',
  },
  {
    title: 'the next wins where the preferred provider is filtered',
    setting: { offers: [sick, memory], selection: prefer },
    winner: 'memory',
    state: 'filtered',
  },
  {
    title: 'another candidate of the pinned provider wins where the first is filtered',
    setting: { offers: [sick, redis, memory], selection: pin },
    winner: 'redis',
    state: 'matched',
  },
  {
    title: 'nothing wins where nobody offers the pinned provider',
    setting: { offers: [memory], selection: pin },
    winner: null,
    state: 'unknown',
  },
  {
    title: 'the ranking decides where nobody offers the preferred provider',
    setting: { offers: [memory], selection: prefer },
    winner: 'memory',
    state: 'unknown',
  },
  {
    title: 'a request that names a provider is not bound by a pin',
    setting: { offers: [redis, memory], selection: pin, request: { provider: 'memory' } },
    winner: 'memory',
    state: 'not-bound',
  },
  {
    title: 'no selection is reported where there is none',
    setting: { offers: [redis, memory] },
    winner: 'memory',
    state: undefined,
  },
];

describe('a selection', () => {
  it.each(rows)('$title', ({ setting, winner, state }) => {
    const explanation = decide(aQuestion(setting));
    expect(explanation.winner?.provider ?? null).toBe(winner);
    expect(explanation.selection?.state).toBe(state);
  });

  it('leaves the others shadowed, and nobody to have lost to, where a pin keeps everything from winning', () => {
    const { candidates, outcome, decidedBy } = decide(aQuestion({ offers: [sick, memory], selection: pin }));
    expect([outcome, decidedBy]).toEqual(['none', null]);
    expect(candidates).toMatchObject([
      {
        provider: 'memory',
        state: 'shadowed',
        lostTo: null,
        lostAt: 'selection',
        values: { own: 0, winner: null },
      },
      { provider: 'redis', state: 'filtered', code: 'UNHEALTHY' },
    ]);
  });

  it('is reported with its policy and where it was made', () => {
    const origin = { kind: 'environment', variable: 'ONEIRIC_SELECTIONS' } as const;
    const { selection } = decide(aQuestion({ offers: [redis], selection: { provider: 'redis', origin } }));
    expect(selection).toEqual({ provider: 'redis', policy: 'pin', state: 'matched', origin });
  });

  it('says in its sentence that it fell back, and from what', () => {
    const told = (offers: readonly Offer[]): string =>
      decide(aQuestion({ offers, selection: prefer })).summary;
    expect(told([sick, memory])).toContain('fell back from the preferred redis, which is filtered');
    expect(told([memory])).toContain('fell back from the preferred redis, which nobody offers');
  });
});
