import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { disposalOrder, type RunningNode } from '../../src/lifecycle/disposal-order.js';
import { holds } from '../property.js';

/** `a: b c` for each, in the order in which they were started. */
function running(...lines: readonly string[]): readonly RunningNode[] {
  return lines.map((line) => {
    const [name = '', needs = ''] = line.split(':');
    return { name, needs: needs.split(' ').filter((need) => need !== '') };
  });
}

describe('the order in which things are closed', () => {
  it('is empty where nothing runs', () => {
    expect(disposalOrder([])).toEqual({ waves: [], cycles: [] });
  });

  it('has whoever needs something before what it needs, in whichever order they were started', () => {
    const order = { waves: [['web'], ['orders'], ['database']], cycles: [] };
    expect(disposalOrder(running('database:', 'orders: database', 'web: orders'))).toEqual(order);
    expect(disposalOrder(running('web: orders', 'database:', 'orders: database'))).toEqual(order);
  });

  it('has what nobody needs side by side, the latest started first', () => {
    expect(disposalOrder(running('a:', 'b:', 'c:')).waves).toEqual([['c', 'b', 'a']]);
  });

  it('has what several need behind the last of them', () => {
    const nodes = running('clock:', 'cache: clock', 'orders: cache clock', 'mail: clock');
    expect(disposalOrder(nodes).waves).toEqual([['mail', 'orders'], ['cache'], ['clock']]);
  });

  it('does not wait for what does not run', () => {
    expect(disposalOrder(running('a: gone', 'b: a')).waves).toEqual([['b'], ['a']]);
  });

  it('counts a need once that is told twice', () => {
    expect(disposalOrder(running('a:', 'b: a a')).waves).toEqual([['b'], ['a']]);
  });

  it('begins a cycle with the one of it that was started last, and tells the way round', () => {
    expect(disposalOrder(running('a: b', 'b: c', 'c: a'))).toEqual({
      waves: [['c'], ['a'], ['b']],
      cycles: [['a', 'b', 'c', 'a']],
    });
  });

  it('closes before a cycle who needs it, and after it what it needs', () => {
    const { waves } = disposalOrder(running('user: a', 'a: b', 'b: a base', 'base:'));
    expect(waves).toEqual([['user'], ['b'], ['a'], ['base']]);
    expect(disposalOrder(running('a: b base', 'b: a', 'base:')).waves).toEqual([['b'], ['a'], ['base']]);
  });

  it('lets a cycle hold up nothing that has nothing to do with it', () => {
    const { waves } = disposalOrder(running('a: b', 'b: a', 'c:', 'd: c'));
    expect(waves).toEqual([
      ['d', 'b'],
      ['c', 'a'],
    ]);
  });

  it('closes what needs itself, and tells it', () => {
    expect(disposalOrder(running('a: a', 'b: a'))).toEqual({ waves: [['b'], ['a']], cycles: [['a', 'a']] });
  });

  it('is found for a chain of fifty thousand', () => {
    const chain = Array.from({ length: 50_000 }, (_, index) => ({
      name: `n${index}`,
      needs: [`n${index + 1}`],
    }));
    expect(disposalOrder(chain).waves).toHaveLength(50_000);
  });
});

const graphs = fc
  .integer({ min: 0, max: 9 })
  .chain((size) => fc.array(fc.array(fc.nat(10), { maxLength: 4 }), { minLength: size, maxLength: size }))
  .map((needs) => needs.map((each, node) => ({ name: `n${node}`, needs: each.map((need) => `n${need}`) })));

/** Whom one needs, directly or not; itself only where a way leads back. */
function reach(nodes: readonly RunningNode[], from: string): ReadonlySet<string> {
  const needsOf = (name: string) => nodes.find((node) => node.name === name)?.needs ?? [];
  const reached = new Set(needsOf(from));
  for (const name of reached) for (const need of needsOf(name)) reached.add(need);
  return reached;
}

describe('the order in which things are closed, whoever needs whom', () => {
  it('has everything once, nobody before those that need it unless they need each other, and nobody waits in vain', () =>
    holds(
      fc.asyncProperty(graphs, (nodes) => {
        const { waves, cycles } = disposalOrder(nodes);
        const waveOf = new Map(waves.flatMap((wave, number) => wave.map((name) => [name, number] as const)));
        expect(waves.flat().sort()).toEqual(nodes.map(({ name }) => name).sort());
        const reached = new Map(nodes.map(({ name }) => [name, reach(nodes, name)]));
        const needsDirectlyOrNot = (name: string, other: string) => reached.get(name)?.has(other) === true;
        for (const { name } of nodes) {
          for (const other of reached.get(name) ?? []) {
            if (!waveOf.has(other) || needsDirectlyOrNot(other, name)) continue;
            expect(waveOf.get(name)).toBeLessThan(waveOf.get(other)!);
          }
        }
        for (const [name, wave] of waveOf) {
          const users = nodes.filter((node) => node.name !== name && needsDirectlyOrNot(node.name, name));
          if (wave > 0) expect(users.map((user) => waveOf.get(user.name))).toContain(wave - 1);
        }
        const started = new Map(nodes.map(({ name }, number) => [name, number]));
        for (const wave of waves) {
          const numbers = wave.map((name) => started.get(name)!);
          expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
        }
        const inCycles = nodes.filter(({ name }) => reached.get(name)?.has(name) === true);
        expect(cycles.length > 0).toBe(inCycles.length > 0);
        for (const path of cycles) {
          expect(path.at(-1)).toBe(path[0]);
          for (const [step, name] of path.slice(0, -1).entries()) {
            expect(nodes.find((node) => node.name === name)?.needs).toContain(path[step + 1]);
          }
        }
        return Promise.resolve();
      }),
      { file: 'packages/core/test/lifecycle/disposal-order.test.ts', runs: 500 },
    ));
});
