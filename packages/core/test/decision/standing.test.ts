import fc from 'fast-check';

import { decide } from '../../src/decision/decide.js';
import type { Candidate } from '../../src/decision/candidate.js';
import type { KeyFacts, Question } from '../../src/decision/question.js';
import { compareRank, rankContext } from '../../src/decision/rank.js';
import { PLAIN_REQUEST } from '../../src/decision/request.js';
import { standingOf } from '../../src/decision/standing.js';
import { aQuestion, aWorld, type Offer, type Setting } from './a-question.js';
import { entangledSetting, RUNS } from './some-settings.js';

const queue = { domain: 'adapter', key: 'queue' };
const cache = { domain: 'adapter', key: 'cache' };
const log = { domain: 'service', key: 'log' };

interface Row {
  readonly title: string;
  readonly cache: readonly Offer[];
  readonly queue?: readonly Offer[];
  readonly log?: readonly Offer[];
  /** What becomes of the candidates of adapter/cache, in the order given. */
  readonly become: readonly string[];
}

const rows: readonly Row[] = [
  {
    title: 'a requirement of a key where nothing is registered is missing',
    cache: [{ requires: [queue] }],
    become: ['REQUIREMENT_MISSING'],
  },
  {
    title: 'a requirement that somebody offers is met',
    cache: [{ requires: [queue] }],
    queue: [{}],
    become: ['active'],
  },
  {
    title: 'a requirement is met also by one that does not win its key',
    cache: [{ requires: [{ ...queue, capabilities: ['jobs'] }] }],
    queue: [{ priority: 9 }, { provider: 'other', capabilities: ['jobs'] }],
    become: ['active'],
  },
  {
    title: 'capabilities that two candidates have only between them do not meet a requirement',
    cache: [{ requires: [{ ...queue, capabilities: ['jobs', 'ttl'] }] }],
    queue: [{ capabilities: ['jobs'] }, { provider: 'other', capabilities: ['ttl'] }],
    become: ['REQUIREMENT_MISSING'],
  },
  {
    title: 'a marked candidate meets no requirement',
    cache: [{ requires: [queue] }],
    queue: [{ marks: { PAUSED: '' } }],
    become: ['REQUIREMENT_MISSING'],
  },
  {
    title: 'a candidate for another platform meets no requirement',
    cache: [{ requires: [queue] }],
    queue: [{ platform: { os: ['win32'] } }],
    become: ['REQUIREMENT_MISSING'],
  },
  {
    title: 'a requirement that is itself in want of something is missing',
    cache: [{ requires: [queue] }],
    queue: [{ requires: [log] }],
    become: ['REQUIREMENT_MISSING'],
  },
  {
    title: 'two that require each other hold each other up',
    cache: [{ requires: [queue] }],
    queue: [{ requires: [cache] }],
    become: ['active'],
  },
  {
    title: 'a ring of three holds itself up',
    cache: [{ requires: [queue] }],
    queue: [{ requires: [log] }],
    log: [{ requires: [cache] }],
    become: ['active'],
  },
  {
    title: 'a ring falls with one of its members',
    cache: [{ requires: [queue] }],
    queue: [{ requires: [log] }],
    log: [{ requires: [cache], marks: { DISABLED: '' } }],
    become: ['REQUIREMENT_MISSING'],
  },
  {
    title: 'a candidate may meet its own requirement',
    cache: [{ requires: [cache] }],
    become: ['active'],
  },
  {
    title: 'one that yields in a conflict meets no requirement',
    cache: [{ requires: [{ ...queue, capabilities: ['jobs'] }] }],
    queue: [{ provider: 'a', capabilities: ['jobs'], conflictsWith: ['b'] }, { provider: 'b' }],
    become: ['REQUIREMENT_MISSING'],
  },
  {
    title: 'one that conflicts with what is out meets its requirement',
    cache: [{ requires: [{ ...queue, capabilities: ['jobs'] }] }],
    queue: [
      { provider: 'a', capabilities: ['jobs'], conflictsWith: ['b'] },
      { provider: 'b', requires: [log] },
    ],
    become: ['active'],
  },
  {
    title: 'each candidate is judged by its own requirements',
    cache: [{ requires: [queue] }, { provider: 'free' }],
    become: ['REQUIREMENT_MISSING', 'active'],
  },
];

describe('a requirement', () => {
  it.each(rows)('$title', ({ cache: offers, queue: queueing = [], log: logging = [], become }) => {
    const others = { 'adapter/queue': queueing, 'service/log': logging };
    expect(outcomes(aQuestion({ offers, others }))).toEqual(become);
  });

  it('tells everybody that is offered there, and what keeps each from meeting it', () => {
    const [report] = decide(
      aQuestion({
        offers: [{ requires: [{ ...queue, capabilities: ['jobs'] }, log] }],
        others: {
          'adapter/queue': [
            { provider: 'a' },
            { provider: 'b', capabilities: ['jobs'], marks: { UNHEALTHY: '' } },
            { provider: 'c', capabilities: ['jobs'], requires: [{ domain: 'no', key: 'thing' }] },
          ],
        },
      }),
    ).candidates;
    expect(report).toMatchObject({
      code: 'REQUIREMENT_MISSING',
      expected: [
        { ...queue, capabilities: ['jobs'] },
        { ...log, capabilities: [] },
      ],
      actual: [
        {
          ...queue,
          offered: [
            { provider: 'c', code: 'REQUIREMENT_MISSING' },
            { provider: 'b', code: 'UNHEALTHY' },
            { provider: 'a', code: 'CAPABILITY_MISSING' },
          ],
        },
        { ...log, offered: [] },
      ],
    });
  });

  it('is followed through a chain of any length', () => {
    const length = 20_000;
    const others = Object.fromEntries(
      Array.from({ length }, (_, index) => {
        const next =
          index + 1 === length ? { domain: 'no', key: 'thing' } : { domain: 'chain', key: `k${index + 1}` };
        return [`chain/k${index}`, [{ requires: [next] }]];
      }),
    );
    const question = aQuestion({ offers: [{ requires: [{ domain: 'chain', key: 'k0' }] }], others });
    expect(outcomes(question)).toEqual(['REQUIREMENT_MISSING']);
  });
});

describe('who stands', () => {
  it('is the same whatever the order of candidates and of the keys that require each other', () => {
    const permuted = entangledSetting.chain((setting) => {
      const { facts, world } = aQuestion(setting);
      const all = [facts, world.factsOf('adapter', 'queue')!, world.factsOf('service', 'log')!];
      const orders = all.map(({ candidates }) =>
        fc.shuffledSubarray([...candidates], { minLength: candidates.length, maxLength: candidates.length }),
      );
      return fc.tuple(fc.constant(all), fc.tuple(...orders), fc.nat({ max: 2 }));
    });
    fc.assert(
      fc.property(permuted, ([all, orders, start]) => {
        const shuffled = all.map((facts, index): KeyFacts => ({ ...facts, candidates: orders[index]! }));
        const unmet = (keys: readonly KeyFacts[], from: number) => {
          const standing = standingOf(keys[from]!, aWorld(byName(keys)));
          return [...all[from]!.candidates].map((candidate) => standing.unmet(candidate).length);
        };
        expect(unmet(shuffled, start)).toEqual(unmet(all, start));
      }),
      RUNS,
    );
  });

  it('is the greatest set in which every requirement is met by a member, before and after conflicts are settled', () => {
    fc.assert(
      fc.property(entangledSetting, (setting) => {
        const { facts, world } = aQuestion(setting);
        const keys = [facts, world.factsOf('adapter', 'queue')!, world.factsOf('service', 'log')!];
        const members = modelOf(keys, setting);
        const standing = standingOf(facts, world);
        for (const candidate of facts.candidates) {
          const expected = candidate.requires.filter((requirement) => !isMet(requirement, members));
          expect(standing.unmet(candidate).map(({ requirement }) => requirement)).toEqual(expected);
        }
      }),
      RUNS,
    );
  });
});

/** The definition as it stands in the decision record, computed by trying: slow and plain. */
function modelOf(keys: readonly KeyFacts[], { platform }: Setting): ReadonlySet<Candidate> {
  expect(platform).toBeUndefined();
  const fits = ({ platform: wanted }: Candidate): boolean =>
    wanted === undefined || wanted.os?.includes('linux') === true || wanted.node === '>=20';
  const intrinsic = keys.flatMap(({ candidates, marks }) =>
    candidates.filter((candidate) => fits(candidate) && !marks.has(candidate.sequence)),
  );
  const first = greatest(new Set(intrinsic));
  const yields = (facts: KeyFacts, candidate: Candidate): boolean =>
    facts.candidates.some(
      (other) =>
        other !== candidate &&
        first.has(other) &&
        candidate.conflictsWith.includes(other.provider) &&
        (!other.conflictsWith.includes(candidate.provider) ||
          compareRank(other, candidate, rankContext(facts, PLAIN_REQUEST)) < 0),
    );
  const remaining = keys.flatMap((facts) =>
    facts.candidates.filter((candidate) => first.has(candidate) && !yields(facts, candidate)),
  );
  return greatest(new Set(remaining));
}

function greatest(members: Set<Candidate>): Set<Candidate> {
  for (;;) {
    const left = [...members].filter(({ requires }) =>
      requires.every((requirement) => isMet(requirement, members)),
    );
    if (left.length === members.size) return members;
    members = new Set(left);
  }
}

function isMet(
  { domain, key, capabilities = [] }: Candidate['requires'][number],
  members: ReadonlySet<Candidate>,
): boolean {
  return [...members].some(
    (member) =>
      member.domain === domain &&
      member.key === key &&
      capabilities.every((capability) => member.capabilities.includes(capability)),
  );
}

function byName(keys: readonly KeyFacts[]): ReadonlyMap<string, KeyFacts> {
  return new Map(keys.map((facts) => [`${facts.domain}/${facts.key}`, facts]));
}

/** The state or code of each candidate, in the order of registration. */
function outcomes(question: Question): readonly string[] {
  return [...decide(question).candidates]
    .sort((a, b) => a.rank.registration - b.rank.registration)
    .map((report) => (report.state === 'filtered' ? report.code : report.state));
}
