import type { Plugin } from '../../src/plugins/plugin.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { boxed, host, offer } from './a-plugin.js';

/** What is done with anything that a plugin hands over is counted; at the `step`th time that throws. */
class Touched {
  count = 0;
  readonly #step: number;
  readonly #known = new Map<object, object>();

  constructor(step: number) {
    this.#step = step;
  }

  wrap<T>(value: T): T {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
    const known = this.#known.get(value);
    if (known !== undefined) return known as T;
    const proxy = new Proxy(
      value,
      new Proxy(
        {},
        {
          get: (_, trap: keyof typeof Reflect) => this.#trapOf(trap),
        },
      ),
    );
    this.#known.set(value, proxy);
    return proxy;
  }

  #trapOf(trap: keyof typeof Reflect) {
    return (target: object, ...rest: unknown[]): unknown => {
      if (++this.count === this.#step) throw new Error('touched');
      const result: unknown = (Reflect[trap] as (...args: unknown[]) => unknown)(target, ...rest);
      return trap === 'get' ? this.wrap(result) : result;
    };
  }
}

async function touchAt(step: number) {
  const touched = new Touched(step);
  const needs = { inject: { clock: 'service/clock' }, requires: [{ domain: 'service', key: 'clock' }] };
  const more = {
    ...needs,
    capabilities: ['a', 'b'],
    metadata: { deep: { list: [1] } },
    platform: { os: ['linux'] },
  };
  const plugin: Plugin = {
    name: 'touched',
    candidates: [offer('declared', 'cache', more)],
    setup({ register }) {
      register(touched.wrap(offer('registered', 'cache', more)));
      return touched.wrap({ [Symbol.dispose]: () => undefined });
    },
  };
  const registry = new CandidateRegistry();
  const well = { name: 'well', candidates: [offer('well', 'other')] };
  const plugins = await host(registry, { a: () => boxed(touched.wrap(plugin)), b: () => well });
  const states = plugins.reports.map(({ state }) => state);
  const isWellThere = registry.resolve('adapter', 'other') !== undefined;
  await plugins.close().catch(() => undefined);
  return { count: touched.count, states, isWellThere, left: registry.keys() };
}

describe('what a plugin hands over', () => {
  it('can throw at whichever time it is touched, and harms nobody else', async () => {
    const { count, states } = await touchAt(0);
    expect(states).toEqual(['loaded', 'loaded']);
    expect(count).toBeGreaterThan(200);
    for (let step = 1; step <= count; step++) {
      const { states: found, isWellThere, left } = await touchAt(step);
      expect([step, found[1], isWellThere, left]).toEqual([step, 'loaded', true, []]);
    }
  });
});
