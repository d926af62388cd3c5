import fc from 'fast-check';
import type { Candidate } from '../../src/decision/candidate.js';
import { compareStanding } from '../../src/decision/rank.js';
import { checkCandidate } from '../../src/registry/check-candidate.js';
import { createCandidate } from '../../src/registry/create-candidate.js';
import { KeySlot } from '../../src/registry/key-slot.js';
import { readRankingDefaults } from '../../src/registry/read-ranking-defaults.js';
import { holds, propertyTimeoutMs } from '../property.js';
import { collectGarbage } from './harness/bytes-kept.js';
import { offer } from './harness/offer.js';

const DEFAULTS = readRankingDefaults({});
const OF = { domain: 'adapter', key: 'cache' };

function candidate(
  sequence: number,
  priority: number,
  stackLevel = 0,
  requires: readonly string[] = [],
): Candidate {
  return createCandidate(
    checkCandidate(offer({ priority, stackLevel, requires })),
    sequence,
    undefined,
    DEFAULTS,
  );
}

interface Edit {
  readonly add: readonly (readonly [priority: number, stackLevel: number, isRequiring: boolean])[];
  /** Places, counted from the best, of those that go. */
  readonly remove: readonly number[];
  /** Is the order asked for after this edit? */
  readonly isRead: boolean;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  add: fc.array(fc.tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -1, max: 1 }), fc.boolean()), {
    maxLength: 4,
  }),
  remove: fc.array(fc.nat(6), { maxLength: 3 }),
  isRead: fc.boolean(),
});

describe('a key slot', () => {
  it(
    'holds its candidates in standing order after any edits, read in between or not, and older ones stay as they were',
    () =>
      holds(
        fc.asyncProperty(fc.array(edit, { maxLength: 150 }), async (edits) => {
          let slot = KeySlot.empty(OF);
          let model: Candidate[] = [];
          let sequence = 0;
          const versions: { slot: KeySlot; model: readonly Candidate[] }[] = [];
          edits.forEach(({ add, remove, isRead }, revision) => {
            const gone = new Set(remove.map((place) => model[place]).filter((found) => found !== undefined));
            const added = add.map(([priority, stackLevel, isRequiring]) =>
              candidate(++sequence, priority, stackLevel, isRequiring ? ['net'] : []),
            );
            slot = slot.with(
              { added, removed: gone.size === 0 ? undefined : gone },
              undefined,
              slot.marks,
              revision,
            );
            model = [...model.filter((one) => !gone.has(one)), ...added].sort(compareStanding);
            expect(slot.size).toBe(model.length);
            expect(slot.isEmpty).toBe(model.length === 0);
            expect(slot.requiring).toBe(model.filter(({ requires }) => requires.length > 0).length);
            if (isRead) expect(slot.candidates).toEqual(model);
            versions.push({ slot, model });
          });
          for (const version of versions) {
            expect(version.slot.candidates).toEqual(version.model);
            for (const one of version.model) expect(version.slot.has(one)).toBe(true);
          }
        }),
        { file: 'packages/core/test/registry/key-slot.test.ts', runs: 100, soakShare: 0.1 },
      ),
    propertyTimeoutMs,
  );

  it('with a selection is not empty though it has no candidate', () => {
    const slot = KeySlot.empty(OF);
    const selection = { provider: 'redis', policy: 'pin', origin: { kind: 'code' } } as const;
    expect(slot.isEmpty).toBe(true);
    expect(slot.with({ added: [], removed: undefined }, selection, slot.marks, 1).isEmpty).toBe(false);
  });

  it('lets go of candidates that were replaced, also when nobody ever asks for their order', async () => {
    let last = candidate(1, 0);
    const first = new WeakRef(last);
    let slot = KeySlot.empty(OF).with({ added: [last], removed: undefined }, undefined, new Map(), 1);
    for (let revision = 2; revision < 500; revision++) {
      const next = candidate(1, revision % 9);
      slot = slot.with({ added: [next], removed: new Set([last]) }, undefined, slot.marks, revision);
      last = next;
    }
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(first.deref()).toBeUndefined();
    expect(slot.candidates).toEqual([last]);
  });
});
