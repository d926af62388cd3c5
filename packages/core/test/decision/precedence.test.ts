import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { decide } from '../../src/decision/decide.js';
import { aQuestion, type Offer } from './a-question.js';

interface Case {
  readonly id: string;
  readonly candidates: readonly Offer[];
  readonly request: { provider?: string; capabilities?: string[]; requireAll?: boolean };
  readonly selection?: string;
  readonly expect: {
    readonly order: readonly number[];
    readonly filtered: readonly (readonly [number, string])[];
    readonly winner: number | null;
    readonly decidedBy: string | null;
    readonly outcome: string;
  };
}

const file = join(import.meta.dirname, 'vectors', 'precedence.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] };

describe('the worked cases of precedence', () => {
  it('are all here', () => expect(cases).toHaveLength(120));

  it.each(cases)('$id comes out as worked', ({ candidates, request, selection, expect: expected }) => {
    const explanation = decide(
      aQuestion({ offers: candidates, request, ...(selection === undefined ? {} : { selection }) }),
    );
    const indexOf = (sequence: number): number => sequence - 1;
    const reports = explanation.candidates;
    expect({
      order: reports
        .filter(({ state }) => state !== 'filtered')
        .map(({ rank }) => indexOf(rank.registration)),
      filtered: reports
        .flatMap((report) =>
          report.state === 'filtered' ? [[indexOf(report.rank.registration), report.code] as const] : [],
        )
        .sort(([a], [b]) => a - b),
      winner: explanation.winner === null ? null : indexOf(explanation.winner.sequence),
      decidedBy: explanation.decidedBy,
      outcome: explanation.outcome,
    }).toEqual(expected);
  });
});
