import { describe, expect, it } from '@jest/globals';

import type { CandidateInput } from '../../src/decision/candidate.js';
import { dependenciesJson } from '../../src/dependencies/dependencies-json.js';
import { dependenciesOf, dependencyGraph } from '../../src/dependencies/dependency-graph.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { defineKey } from '../../src/registry/define-key.js';

const factory = () => null;

/** `a -> b ~> c`: the candidate of `app/a` is given b and requires c. */
async function registryOf(
  needs: Readonly<Record<string, Partial<CandidateInput>>>,
): Promise<CandidateRegistry> {
  const registry = new CandidateRegistry();
  await registry.registerAll(
    Object.entries(needs).map(([key, input]) => ({
      domain: 'app',
      key,
      provider: `${key}-one`,
      factory,
      ...input,
    })),
  );
  return registry;
}

const deep = (registry: CandidateRegistry, key: string) =>
  dependenciesOf(registry, registry.explain('app', key));
const paths = (links: readonly { readonly path: readonly string[] }[]) =>
  links.map(({ path }) => path.join(' → '));

describe('the dependencies of a decision', () => {
  it('are what its winner is given and requires, and what the winners of that need, each once', async () => {
    const registry = await registryOf({
      a: { inject: { left: 'app/b', right: 'c' } },
      b: { requires: ['app/d'] },
      c: { inject: { base: defineKey('app', 'd') } },
      d: {},
      other: { inject: { a: 'app/a' } },
    });
    const graph = deep(registry, 'a');
    expect([...graph.explanations.keys()]).toEqual(['app/a', 'app/b', 'app/c', 'app/d']);
    expect(graph.edges).toEqual([
      { from: 'app/a', provider: 'a-one', to: 'app/b', kind: 'inject', name: 'left', state: 'met' },
      { from: 'app/a', provider: 'a-one', to: 'app/c', kind: 'inject', name: 'right', state: 'met' },
      { from: 'app/b', provider: 'b-one', to: 'app/d', kind: 'requires', state: 'met' },
      { from: 'app/c', provider: 'c-one', to: 'app/d', kind: 'inject', name: 'base', state: 'met' },
    ]);
    expect([graph.cycles, graph.missing]).toEqual([[], []]);
  });

  it('are those of the winner of that very request', async () => {
    const registry = await registryOf({ a: { inject: { x: 'b' } }, b: {}, c: {} });
    await registry.registerCandidate({
      domain: 'app',
      key: 'a',
      provider: 'two',
      priority: 9,
      factory,
      inject: { y: 'c' },
    });
    const asked = dependenciesOf(registry, registry.explain('app', 'a', { provider: 'a-one' }));
    expect([...asked.explanations.keys()]).toEqual(['app/a', 'app/b']);
    expect([...deep(registry, 'a').explanations.keys()]).toEqual(['app/a', 'app/c']);
  });

  it('name a link that is missing deep down with the way there', async () => {
    const registry = await registryOf({
      a: { inject: { b: 'b' } },
      b: { inject: { c: 'c' } },
      c: { inject: { sink: 'snik' } },
      sink: {},
    });
    const { missing, explanations } = deep(registry, 'a');
    expect(missing).toEqual([
      {
        from: 'app/c',
        provider: 'c-one',
        to: 'app/snik',
        kind: 'inject',
        name: 'sink',
        state: 'unregistered',
        path: ['app/a', 'app/b', 'app/c', 'app/snik'],
      },
    ]);
    expect(explanations.get('app/snik')?.unknown).toContainEqual({
      kind: 'key',
      name: 'app/snik',
      nearest: 'app/sink',
    });
  });

  it('follow the requirements that keep candidates from winning down to the one that is missing', async () => {
    const registry = await registryOf({
      a: { requires: ['app/b'] },
      b: { requires: [{ domain: 'app', key: 'c', capabilities: ['ttl'] }] },
      c: { capabilities: ['kv'] },
      d: { requires: ['app/nowhere'] },
    });
    const { edges, missing } = deep(registry, 'a');
    expect(edges.map(({ state }) => state)).toEqual(['unmet', 'unmet']);
    expect(paths(missing)).toEqual(['app/a → app/b', 'app/a → app/b → app/c']);
    expect(missing[1]?.capabilities).toEqual(['ttl']);
    expect(deep(registry, 'd').missing[0]?.state).toBe('unregistered');
  });

  it('tell a key where candidates are offered and none wins from one where nothing is', async () => {
    const registry = await registryOf({ a: { inject: { b: 'b' } }, b: {} });
    await registry.select('app', 'b', 'nobody');
    expect(deep(registry, 'a').missing.map(({ state }) => state)).toEqual(['unresolved']);
  });

  it('show cycles of one, of two and of many as paths, and tell how each leads on', async () => {
    const registry = await registryOf({
      self: { inject: { me: 'self' } },
      a: { inject: { b: 'b' } },
      b: { requires: ['app/a'] },
      ...Object.fromEntries(
        Array.from({ length: 50 }, (_, index) => [
          `ring${index}`,
          { inject: { next: `ring${(index + 1) % 50}` } },
        ]),
      ),
    });
    const found = (key: string) => deep(registry, key).cycles;
    expect(paths(found('self'))).toEqual(['app/self → app/self']);
    expect(paths(found('a'))).toEqual(['app/a → app/b → app/a']);
    expect(found('a')[0]?.kinds).toEqual(['inject', 'requires']);
    expect(found('ring7')[0]?.path).toHaveLength(51);
    expect(found('ring7')[0]?.path[0]).toBe('app/ring7');
    expect(dependencyGraph(registry).cycles).toHaveLength(3);
  });

  it('are found along a chain of 10,000, without the stack', async () => {
    const size = 10_000;
    const chain = Array.from({ length: size }, (_, index) => [
      `k${index}`,
      { inject: { next: `k${index + 1}` } },
    ]);
    const registry = await registryOf(Object.fromEntries(chain) as Record<string, Partial<CandidateInput>>);
    const { explanations, missing } = deep(registry, 'k0');
    expect(explanations.size).toBe(size + 1);
    expect(missing[0]?.path).toHaveLength(size + 1);
  });
});

describe('the graph of a project', () => {
  it('has every key of a domain, and those of others that they need', async () => {
    const registry = await registryOf({ a: { inject: { clock: 'service/clock' } }, b: {} });
    const clock = { domain: 'service', key: 'clock', provider: 'system', factory };
    await registry.registerAll([clock, { ...clock, key: 'zone' }]);
    const graph = dependencyGraph(registry, 'app');
    expect(graph.roots).toEqual(['app/a', 'app/b']);
    expect([...graph.explanations.keys()]).toEqual(['app/a', 'app/b', 'service/clock']);
    expect([...dependencyGraph(registry).explanations.keys()]).toEqual([
      'app/a',
      'app/b',
      'service/clock',
      'service/zone',
    ]);
  });

  it('is a state of a snapshot: writes made later do not change it', async () => {
    const registry = await registryOf({ a: { inject: { b: 'b' } }, b: {} });
    const snapshot = registry.snapshot();
    await registry.registerCandidate({ domain: 'app', key: 'a', provider: 'two', priority: 9, factory });
    expect(dependencyGraph(snapshot).edges).toHaveLength(1);
    expect(dependencyGraph(registry).edges).toHaveLength(0);
  });

  it('explains in JSON every other key once', async () => {
    const registry = await registryOf({ a: { inject: { b: 'b', again: 'b' } }, b: { inject: { a: 'a' } } });
    const form = dependenciesJson(deep(registry, 'a'));
    expect(form.explanations.map(({ request }) => request.key)).toEqual(['b']);
    expect(form.edges).toHaveLength(3);
  });
});
