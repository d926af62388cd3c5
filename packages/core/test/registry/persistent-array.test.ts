import fc from 'fast-check';
import { PersistentArray } from '../../src/registry/persistent-array.js';
import { holds, propertyTimeoutMs } from '../property.js';

interface Item {
  readonly name: number;
}

const indexes = fc.oneof(
  fc.nat(70),
  fc.nat(40_000),
  fc.constantFrom(
    0,
    31,
    32,
    33,
    1023,
    1024,
    1025,
    32_767,
    32_768,
    2 ** 20,
    2 ** 25 - 1,
    2 ** 30,
    2 ** 32 - 1,
  ),
);
const edits = fc.array(fc.tuple(indexes, fc.boolean()), { maxLength: 40 });

const file = 'packages/core/test/registry/persistent-array.test.ts';

describe('a persistent array', () => {
  it(
    'holds in each of its versions what a Map holds after the same edits',
    () =>
      holds(
        fc.asyncProperty(fc.array(edits, { maxLength: 12 }), async (rounds) => {
          let array = PersistentArray.empty<Item>();
          let map = new Map<number, Item>();
          const versions = [{ array, map }];
          let name = 0;
          for (const round of rounds) {
            const batch = new Map(
              round.map(([index, isSet]) => [index, isSet ? { name: name++ } : undefined]),
            );
            array = array.with(batch);
            map = new Map(map);
            for (const [index, item] of batch) {
              if (item === undefined) map.delete(index);
              else map.set(index, item);
            }
            versions.push({ array, map });
          }
          const asked = new Set([...rounds.flat().map(([index]) => index), 0, 5, 31, 32, 1024, 2 ** 31]);
          const wrong: unknown[] = [];
          for (const version of versions) {
            const inOrder = [...version.map].sort(([a], [b]) => a - b).map(([, item]) => item);
            const values = [...version.array.values()];
            if (!isSame(values, inOrder)) wrong.push({ values, inOrder });
            for (const index of asked) {
              const [found, expected] = [version.array.get(index), version.map.get(index)];
              if (found !== expected) wrong.push({ index, found, expected });
            }
          }
          expect(wrong).toEqual([]);
        }),
        { file, runs: 200, soakShare: 0.1 },
      ),
    propertyTimeoutMs,
  );

  it('with no edits is itself', () => {
    const array = PersistentArray.empty<Item>().with(new Map([[3, { name: 3 }]]));
    expect(array.with(new Map())).toBe(array);
  });
});

function isSame(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
