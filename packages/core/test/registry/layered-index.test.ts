import fc from 'fast-check';
import { LayeredIndex } from '../../src/registry/layered-index.js';
import { holds, propertyTimeoutMs } from '../property.js';

interface Value {
  readonly n: number;
}
type Model = Map<string, Map<string, Value>>;

type Step =
  | readonly ['set' | 'remove', group: string, name: string]
  | readonly ['push']
  | readonly ['merge']
  | readonly ['drop'];

const groups = fc.constantFrom('a', 'b', '__proto__', 'constructor');
const names = fc.constantFrom('x', 'y', 'z', '__proto__', 'toString');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('set' as const), groups, names) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('remove' as const), groups, names) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('push' as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('merge' as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('drop' as const)) },
);

const copyOf = (model: Model): Model => new Map([...model].map(([group, own]) => [group, new Map(own)]));

/** What the two disagree on. */
function differences(index: LayeredIndex<Value>, model: Model): readonly string[] {
  const numbers = (values: Iterable<Value>): string =>
    [...values]
      .map(({ n }) => n)
      .sort()
      .join();
  return ['a', 'b', '__proto__', 'constructor', 'never'].flatMap((group) => {
    const own = model.get(group) ?? new Map<string, Value>();
    const found = numbers(index.values(group)) === numbers(own.values()) ? [] : [group];
    const asked = ['x', 'y', 'z', '__proto__', 'toString', 'never'];
    return found.concat(
      asked.filter((name) => index.get(group, name) !== own.get(name)).map((name) => `${group}/${name}`),
    );
  });
}

describe('a layered index', () => {
  it(
    'holds what a map of maps holds after the same changes, layers, merges and drops',
    () =>
      holds(
        fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
          const layers: { index: LayeredIndex<Value>; model: Model }[] = [
            { index: new LayeredIndex(), model: new Map() },
          ];
          const top = () => layers.at(-1)!;
          let n = 0;
          for (const [kind, group = '', name = ''] of steps) {
            const { index, model } = top();
            if (kind === 'push') layers.push({ index: new LayeredIndex(index), model: copyOf(model) });
            else if (kind === 'set') {
              const value = { n: n++ };
              index.set(group, name, value);
              model.set(group, (model.get(group) ?? new Map<string, Value>()).set(name, value));
            } else if (kind === 'remove') {
              index.set(group, name, undefined);
              model.get(group)?.delete(name);
            } else if (layers.length > 1) {
              layers.pop();
              if (kind === 'merge') {
                index.merge();
                top().model = model;
              }
            }
            expect(layers.flatMap((layer) => differences(layer.index, layer.model))).toEqual([]);
          }
        }),
        { file: 'packages/core/test/registry/layered-index.test.ts', runs: 200, soakShare: 0.1 },
      ),
    propertyTimeoutMs,
  );
});
