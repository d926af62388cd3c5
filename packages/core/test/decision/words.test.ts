import { decide } from '../../src/decision/decide.js';
import { FILTER_CODES } from '../../src/decision/finding.js';
import { MARK_CODES } from '../../src/decision/mark.js';
import { normaliseRequest } from '../../src/decision/normalise-request.js';
import { RANK_RULES } from '../../src/decision/rank-rules.js';
import { renderText } from '../../src/decision/render-text.js';
import { aQuestion } from './a-question.js';

const summaryOf = (...settings: Parameters<typeof aQuestion>): string =>
  decide(aQuestion(...settings)).summary;

describe('the words of a decision', () => {
  it.each([
    [1, 'the only candidate is filtered'],
    [2, 'both candidates are filtered'],
    [3, 'all 3 candidates are filtered'],
  ])('count %i filtered candidates', (count, words) => {
    const offers = Array.from({ length: count }, (_, index) => ({
      provider: `p${index}`,
      marks: { PAUSED: 'x' },
    }));
    expect(summaryOf({ offers })).toContain(words);
  });

  it.each(MARK_CODES)('say of %s what would have to be so instead', (code) => {
    const [report] = decide(aQuestion({ offers: [{ marks: { [code]: 'a detail' } }] })).candidates;
    expect(report).toMatchObject({ state: 'filtered', code, actual: 'a detail' });
    expect(report).toHaveProperty('expected', expect.stringMatching(/^\w+( \w+)*$/));
  });

  it('name a source by its id where it has no package', () => {
    const offers = [{ source: { kind: 'plugin', id: 'notes' } as const }];
    expect(renderText(decide(aQuestion({ offers })))).toContain('plugin notes');
  });

  it('name every rule in its order', () => {
    expect(decide(aQuestion({ offers: [{}] })).rules).toEqual({
      filter: FILTER_CODES,
      rank: RANK_RULES.map(({ name }) => name),
    });
  });

  it('say of a wrong name in a request which one it is and what it is', () => {
    expect(() => normaliseRequest({ provider: 'a b' })).toThrow(
      expect.objectContaining({
        code: 'ONEIRIC_DECISION_REQUEST_NAME',
        details: { path: 'request.provider', found: '"a b"' },
      }),
    );
  });
});
