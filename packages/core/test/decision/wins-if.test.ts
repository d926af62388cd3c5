import fc from 'fast-check';

import { applyChanges } from '../../src/decision/apply-changes.js';
import type { ShadowedReport } from '../../src/decision/candidate-report.js';
import { BOUNDS, type Change, type WinsIf } from '../../src/decision/changes.js';
import { decide } from '../../src/decision/decide.js';
import type { Question } from '../../src/decision/question.js';
import { aQuestion, type Offer, type Setting } from './a-question.js';
import { anySetting, entangledSetting, plainSetting } from './some-settings.js';

const NUMBERS = ['priority', 'stackLevel'] as const;

describe('winsIf', () => {
  it('names only changes that, made alone, make that loser win', () => {
    everyLoser(anySetting, { numRuns: 300 }, (loser, question) => {
      for (const change of loser.winsIf) {
        expect({ change, wins: wins(loser, question, asChange(change, loser)) }).toEqual({
          change,
          wins: true,
        });
      }
    });
  });

  it('names the smallest number within bounds: with one less, that loser does not win', () => {
    everyLoser(anySetting, { numRuns: 300 }, (loser, question) => {
      for (const change of loser.winsIf) {
        if (change.change !== 'priority' && change.change !== 'stackLevel') continue;
        if (change.to === BOUNDS[change.change].min) continue;
        const less = { ...change, to: change.to - 1 };
        expect({ less, wins: wins(loser, question, asChange(less, loser)) }).toEqual({ less, wins: false });
      }
    });
  });

  it.each([
    { what: 'where nothing but the ranking decides', settings: plainSetting },
    { what: 'where candidates depend on each other', settings: entangledSetting },
  ])('leaves out no change that helps, $what', ({ settings }) => {
    everyLoser(settings, { numRuns: 25 }, (loser, question) => {
      expect(loser.winsIf).toEqual(everyHelpfulChange(loser, question));
    });
  });

  it('changes one candidate of a provider, not the others of it', () => {
    const { winner } = losersOf({
      offers: [
        { provider: 'redis', priority: 1 },
        { provider: 'redis', priority: 5 },
        { provider: 'memory', priority: 9 },
      ],
    });
    expect(winner('redis', 1)).toEqual([{ change: 'priority', to: 10 }]);
    expect(winner('redis', 2)).toEqual([
      { change: 'priority', to: 10 },
      { change: 'selection', to: 'redis' },
      { change: 'without', providers: ['memory'] },
    ]);
  });

  it('asks for no more than an equal priority where the loser was registered later', () => {
    const { winner } = losersOf({ offers: [{ provider: 'a', priority: 5 }, { provider: 'b' }] });
    expect(winner('b', 2)[0]).toEqual({ change: 'priority', to: 5 });
  });

  it('asks for nothing beyond the bounds', () => {
    const { winner } = losersOf({
      offers: [
        { provider: 'a', priority: 1000 },
        { provider: 'b', priority: 1000, stackLevel: 100 },
      ],
    });
    expect(winner('a', 1).map(({ change }) => change)).toEqual(['selection', 'without']);
  });

  it('offers only a selection where a pin keeps everything from winning', () => {
    const { winner } = losersOf({ offers: [{ provider: 'a' }, { provider: 'b' }], selection: 'nobody' });
    expect(winner('a', 1)).toEqual([{ change: 'selection', to: 'a' }]);
  });

  it('offers no selection where the request names the provider itself', () => {
    const { winner } = losersOf({
      offers: [{ provider: 'a' }, { provider: 'a', priority: 3 }],
      request: { provider: 'a' },
    });
    expect(winner('a', 1)).toEqual([{ change: 'priority', to: 4 }]);
  });

  it('finds a candidate whose absence helps though it does not win', () => {
    const { winner } = losersOf({
      offers: [
        {
          provider: 'best',
          priority: 9,
          requires: [{ domain: 'adapter', key: 'cache', capabilities: ['kv'] }],
        },
        { provider: 'helper', capabilities: ['kv'] },
        { provider: 'second', priority: 5 },
      ],
    });
    expect(winner('second', 3)).toContainEqual({ change: 'without', providers: ['helper'] });
  });

  it('stays quick with many losers that depend on each other', () => {
    const offers = Array.from({ length: 300 }, (_, index): Offer => ({
      provider: `p${index}`,
      ...(index % 3 === 0 ? { conflictsWith: [`p${index + 3}`, 'p0'] } : {}),
    }));
    const changes = decide(aQuestion({ offers })).candidates.flatMap((report) =>
      report.state === 'shadowed' ? report.winsIf : [],
    );
    expect(changes.length).toBeGreaterThan(400);
  });

  it('finds the number above a rival of equal rank, with which that loser is in mutual conflict', () => {
    const setting: Setting = {
      offers: [
        { provider: 'a', priority: 50 },
        { provider: 'c', priority: 30, conflictsWith: ['b'] },
        { provider: 'b', priority: 30, conflictsWith: ['c'] },
      ],
    };
    expect(losersOf(setting).winner('b', 3)).toContainEqual({ change: 'priority', to: 50 });
  });

  it('names no number with which that loser would yield, even where its rival then falls by another rule', () => {
    // Below c, b yields to it; a needs b and falls; c yields to d. So d wins, however b ranks beside it.
    const setting: Setting = {
      offers: [
        {
          provider: 'a',
          priority: 100,
          requires: [{ domain: 'adapter', key: 'cache', capabilities: ['b'] }],
        },
        { provider: 'b', priority: 50, capabilities: ['b'], conflictsWith: ['c'] },
        { provider: 'c', priority: 20, conflictsWith: ['b', 'd'] },
        { provider: 'd', priority: 0 },
      ],
    };
    expect(losersOf(setting).winner('b', 2)).toContainEqual({ change: 'priority', to: 100 });
    const low: Change = { change: 'priority', provider: 'b', to: 1 };
    expect(decide(applyChanges(aQuestion(setting), [low])).winner?.provider).toBe('d');
  });
});

function everyLoser(
  settings: fc.Arbitrary<Setting>,
  parameters: fc.Parameters<[Setting]>,
  check: (loser: ShadowedReport, question: Question) => void,
): void {
  fc.assert(
    fc.property(settings, (setting) => {
      const question = aQuestion(setting);
      for (const report of decide(question).candidates)
        if (report.state === 'shadowed') check(report, question);
    }),
    parameters,
  );
}

/** Every change of the listed kinds, tried one by one: the definition. */
function everyHelpfulChange(loser: ShadowedReport, question: Question): WinsIf[] {
  const helps = (change: WinsIf): boolean => wins(loser, question, asChange(change, loser));
  const found: WinsIf[] = [];
  for (const change of NUMBERS) {
    const { min, max } = BOUNDS[change];
    for (let to = min; to <= max; to++) {
      if (!helps({ change, to })) continue;
      found.push({ change, to });
      break;
    }
  }
  const providers = [...new Set(question.facts.candidates.map(({ provider }) => provider))];
  const selections = question.request.provider === null ? providers : [];
  const others: WinsIf[] = [
    ...selections.map((to): WinsIf => ({ change: 'selection', to })),
    ...providers.map((provider): WinsIf => ({ change: 'without', providers: [provider] })),
  ];
  return [...found, ...others.filter(helps)];
}

function asChange(change: WinsIf, { provider, rank: { registration } }: ShadowedReport): Change {
  switch (change.change) {
    case 'priority':
    case 'stackLevel':
      return { ...change, provider, registration };
    case 'selection':
      return change;
    case 'without':
      return { change: 'without', provider: change.providers[0] };
    default:
      return change satisfies never;
  }
}

function wins(loser: ShadowedReport, question: Question, change: Change): boolean {
  return decide(applyChanges(question, [change])).winner?.sequence === loser.rank.registration;
}

function losersOf(setting: Setting) {
  const { candidates } = decide(aQuestion(setting));
  return {
    winner: (provider: string, registration: number): readonly WinsIf[] => {
      const report = candidates.find(({ rank }) => rank.registration === registration);
      expect(report).toMatchObject({ provider, state: 'shadowed' });
      return report?.state === 'shadowed' ? report.winsIf : [];
    },
  };
}
