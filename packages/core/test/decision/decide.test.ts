import fc from 'fast-check';

import { decide } from '../../src/decision/decide.js';
import { compareRank, compareStanding, rankContext } from '../../src/decision/rank.js';
import { aCandidate, aQuestion, DOMAIN, KEY, type Offer } from './a-question.js';
import { anySetting, RUNS } from './some-settings.js';

describe('a decision', () => {
  it('puts every candidate into exactly one state, and at most one is active', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const question = aQuestion(setting);
        const { candidates, winner } = decide(question);
        const told = candidates.map(({ rank }) => rank.registration).sort((a, b) => a - b);
        expect(told).toEqual(setting.offers.map((_, index) => index + 1));
        expect(candidates.filter(({ state }) => state === 'active')).toHaveLength(winner === null ? 0 : 1);
      }),
      RUNS,
    );
  });

  it('names as winner the very candidate that its report calls active, and lists it first', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const question = aQuestion(setting);
        const { winner } = decide(question);
        const [first] = decide(question).candidates;
        const isActive = first?.state === 'active';
        expect(winner !== null).toBe(isActive);
        if (winner === null || first === undefined) return;
        expect(question.facts.candidates).toContain(winner);
        expect(first.rank.registration).toBe(winner.sequence);
      }),
      RUNS,
    );
  });

  it('gives the same answer whether the winner or the whole report is asked first', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const byWinner = decide(aQuestion(setting));
        const byReport = decide(aQuestion(setting));
        const winnerFirst = [byWinner.winner?.sequence, JSON.stringify(byWinner)];
        const report = JSON.stringify(byReport);
        expect([byReport.winner?.sequence, report]).toEqual(winnerFirst);
      }),
      RUNS,
    );
  });

  it('lists the losers in rank order, and the filtered ones last', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const question = aQuestion(setting);
        const context = rankContext(question.facts, question.request);
        const bySequence = new Map(
          question.facts.candidates.map((candidate) => [candidate.sequence, candidate]),
        );
        const { candidates, winner } = decide(question);
        const inOrder = (states: readonly string[]) => {
          const some = candidates
            .filter(({ state }) => states.includes(state))
            .map(({ rank }) => bySequence.get(rank.registration)!);
          expect(some).toEqual([...some].sort((a, b) => compareRank(a, b, context)));
        };
        inOrder(['active', 'shadowed']);
        if (winner !== null) inOrder(['filtered']);
        const states = candidates.map(({ state }) => state === 'filtered');
        expect(states).toEqual([...states].sort());
      }),
      RUNS,
    );
  });

  it('tells of every loser the first rule on which it differs from the winner, and both scores under it', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const explanation = decide(aQuestion(setting));
        const [first] = explanation.candidates;
        const losers = explanation.candidates.filter((report) => report.state === 'shadowed');
        for (const { rank, lostTo, lostAt, values } of losers) {
          const rule = explanation.rules.rank.find((name) => first?.rank[name] !== rank[name]);
          const told = [lostTo, lostAt, values.own, values.winner];
          const isBeaten = explanation.winner !== null && values.own < Number(values.winner);
          expect({ told, isBeaten }).toEqual(
            explanation.winner === null
              ? { told: [null, 'selection', 0, null], isBeaten: false }
              : { told: [first?.provider, rule, rank[lostAt], first?.rank[lostAt]], isBeaten: true },
          );
        }
      }),
      RUNS,
    );
  });

  it('is decided by the rule at which the second in rank lost, and by none where there is no second', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const { winner, decidedBy, candidates, outcome } = decide(aQuestion(setting));
        const second = candidates.find(({ state }) => state === 'shadowed');
        expect(decidedBy).toBe(winner === null || second?.state !== 'shadowed' ? null : second.lostAt);
        expect(outcome).toBe(winner === null ? 'none' : decidedBy === 'registration' ? 'tie' : 'resolved');
      }),
      RUNS,
    );
  });

  it('does not depend on the order in which candidates arrive, only on their registration numbers', () => {
    const shuffled = anySetting.chain((setting) => {
      const offers = setting.offers.map((offer, index): Offer => ({ ...offer, sequence: index + 1 }));
      return fc.record({
        setting: fc.constant({ ...setting, offers }),
        offers: fc.shuffledSubarray(offers, { minLength: offers.length, maxLength: offers.length }),
      });
    });
    fc.assert(
      fc.property(shuffled, ({ setting, offers }) => {
        expect(JSON.stringify(decide(aQuestion({ ...setting, offers })))).toBe(
          JSON.stringify(decide(aQuestion(setting))),
        );
      }),
      RUNS,
    );
  });

  it('asks no candidate below the winner until somebody wants to know more', () => {
    const winner = aCandidate(DOMAIN, KEY, { provider: 'winner', priority: 2 }, 2);
    const untouchable = Object.defineProperty({ ...aCandidate(DOMAIN, KEY, {}, 1) }, 'conflictsWith', {
      get: () => {
        throw new Error('asked');
      },
    });
    const question = aQuestion({ offers: [] });
    const facts = { ...question.facts, candidates: [winner, untouchable] };
    const explanation = decide({ ...question, facts });
    expect(explanation.winner).toBe(winner);
    expect(() => explanation.candidates).toThrow('asked');
  });

  it('keeps what it has computed', () => {
    const explanation = decide(aQuestion({ offers: [{ provider: 'a' }, { provider: 'b' }] }));
    expect(explanation.candidates).toBe(explanation.candidates);
    const [, loser] = explanation.candidates;
    const winsIf = loser?.state === 'shadowed' ? loser.winsIf : undefined;
    expect(winsIf).toHaveLength(4);
    expect(loser).toHaveProperty('winsIf', winsIf);
    expect(explanation.unknown).toBe(explanation.unknown);
  });

  it('cannot be changed by whoever reads it', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const explanation = decide(aQuestion(setting));
        const isFrozen = (value: unknown): boolean =>
          typeof value !== 'object' ||
          value === null ||
          (Object.isFrozen(value) && Object.values(value).every(isFrozen));
        const { request, selection, rules, unknown, candidates } = explanation;
        expect([request, selection, rules, unknown, candidates].map(isFrozen)).toEqual([
          true,
          true,
          true,
          true,
          true,
        ]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the ranking', () => {
  const offer = fc.record({
    provider: fc.constantFrom('redis', 'memory'),
    priority: fc.integer({ min: -2, max: 2 }),
    stackLevel: fc.integer({ min: -1, max: 1 }),
    capabilities: fc.subarray(['kv', 'ttl']),
  });
  const context = fc.record({
    selected: fc.constantFrom(null, 'redis', 'nobody'),
    capabilities: fc.subarray(['kv', 'ttl']),
  });
  const trio = fc
    .tuple(offer, offer, offer)
    .map((offers) => offers.map((each, index) => aCandidate(DOMAIN, KEY, each, index)));

  it('is a total order over distinct registrations, in any context', () => {
    fc.assert(
      fc.property(trio, context, ([a, b, c], ranking) => {
        const compare = (x: typeof a, y: typeof a): number => Math.sign(compareRank(x!, y!, ranking));
        expect(compare(a, b)).toBe(-compare(b, a));
        expect(compare(a, b)).not.toBe(0);
        expect(compare(a, a)).toBe(0);
        const isChain = compare(a, b) < 0 && compare(b, c) < 0;
        expect(isChain && compare(a, c) >= 0).toBe(false);
      }),
      RUNS,
    );
  });

  it('is the standing order where the request decides nothing', () => {
    fc.assert(
      fc.property(trio, ([a, b]) => {
        const plain = { selected: null, capabilities: [] };
        expect(compareRank(a!, b!, plain)).toBe(compareStanding(a!, b!));
      }),
      RUNS,
    );
  });
});
