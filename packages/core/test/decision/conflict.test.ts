import { decide } from '../../src/decision/decide.js';
import { aQuestion, type Offer } from './a-question.js';

const a = { provider: 'a', priority: 3 };
const b = { provider: 'b', priority: 2 };
const c = { provider: 'c', priority: 1 };

interface Row {
  readonly title: string;
  readonly offers: readonly Offer[];
  readonly request?: { readonly provider: string };
  readonly selection?: string;
  readonly become: readonly string[];
}

const rows: readonly Row[] = [
  {
    title: 'the one that declares it yields, though it ranks higher',
    offers: [{ ...a, conflictsWith: ['b'] }, b],
    become: ['CONFLICT', 'active'],
  },
  {
    title: 'the one that declares it yields, and the other is not touched',
    offers: [a, { ...b, conflictsWith: ['a'] }],
    become: ['active', 'CONFLICT'],
  },
  {
    title: 'where both declare it, the higher rank stays',
    offers: [
      { ...a, conflictsWith: ['b'] },
      { ...b, conflictsWith: ['a'] },
    ],
    become: ['active', 'CONFLICT'],
  },
  {
    title: 'where both declare it, a selection counts for the rank',
    offers: [
      { ...a, conflictsWith: ['b'] },
      { ...b, conflictsWith: ['a'] },
    ],
    selection: 'b',
    become: ['CONFLICT', 'active'],
  },
  {
    title: 'of three that all declare each other the best stays',
    offers: [
      { ...a, conflictsWith: ['b', 'c'] },
      { ...b, conflictsWith: ['a', 'c'] },
      { ...c, conflictsWith: ['a', 'b'] },
    ],
    become: ['active', 'CONFLICT', 'CONFLICT'],
  },
  {
    title: 'one yields also to one that itself yields to a third',
    offers: [{ ...a, conflictsWith: ['b'] }, { ...b, conflictsWith: ['c'] }, c],
    become: ['CONFLICT', 'CONFLICT', 'active'],
  },
  {
    title: 'a ring in which each yields to the next leaves nobody',
    offers: [
      { ...a, conflictsWith: ['b'] },
      { ...b, conflictsWith: ['c'] },
      { ...c, conflictsWith: ['a'] },
    ],
    become: ['CONFLICT', 'CONFLICT', 'CONFLICT'],
  },
  {
    title: 'nobody yields to a provider that nobody offers',
    offers: [{ ...a, conflictsWith: ['nobody'] }, b],
    become: ['active', 'shadowed'],
  },
  {
    title: 'nobody yields to one that is marked',
    offers: [
      { ...a, conflictsWith: ['b'] },
      { ...b, marks: { UNHEALTHY: 'no answer' } },
    ],
    become: ['active', 'UNHEALTHY'],
  },
  {
    title: 'nobody yields to one that the request does not ask for',
    offers: [{ ...a, conflictsWith: ['b'] }, b],
    request: { provider: 'a' },
    become: ['active', 'PROVIDER_NOT_REQUESTED'],
  },
  {
    title: 'a candidate does not conflict with itself',
    offers: [{ ...a, conflictsWith: ['a'] }],
    become: ['active'],
  },
  {
    title: 'of two of one provider that exclude each other the higher rank stays',
    offers: [
      { ...a, conflictsWith: ['a'] },
      { ...a, conflictsWith: ['a'] },
    ],
    become: ['CONFLICT', 'active'],
  },
  {
    title: 'one that yields is told so before its marks are',
    offers: [{ ...a, conflictsWith: ['b'], marks: { PAUSED: '' } }, b],
    become: ['CONFLICT', 'active'],
  },
];

describe('a conflict', () => {
  it.each(rows)('$title', ({ become, ...setting }) => {
    const found = [...decide(aQuestion(setting)).candidates]
      .sort((x, y) => x.rank.registration - y.rank.registration)
      .map((report) => (report.state === 'filtered' ? report.code : report.state));
    expect(found).toEqual(become);
  });

  it('tells which providers were declared, and to which the candidate yields, best first', () => {
    const { candidates } = decide(
      aQuestion({ offers: [{ provider: 'x', conflictsWith: ['b', 'gone', 'a'] }, b, a] }),
    );
    expect(candidates.at(-1)).toMatchObject({
      provider: 'x',
      code: 'CONFLICT',
      expected: { without: ['b', 'gone', 'a'] },
      actual: ['a', 'b'],
    });
  });
});
