import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../../../src/lifecycle/lifecycle-options.js';
import { CandidateRegistry } from '../../../src/registry/candidate-registry.js';
import { quiet } from '../../concurrency/harness/turns.js';
import { coded } from '../../registry/harness/coded.js';
import { Bench, refusal } from './bench.js';

const AT = ['adapter', 'cache'] as const;
const nameOf = (it: unknown): string => (it as { readonly provider: string }).provider;

describe('who waits for himself is refused instead of waiting for ever', () => {
  it('a component cannot be started, swapped or stopped from inside its own factory', async () => {
    await using bench = new Bench();
    const { lifecycle } = bench;
    const refused: unknown[] = [];
    await bench.offer('self', {
      factory: async () => {
        for (const call of [
          () => lifecycle.activate(...AT),
          () => lifecycle.swap(...AT),
          () => lifecycle.rollback(...AT),
          () => lifecycle.deactivate(...AT),
          () => lifecycle.pause(...AT),
          () => lifecycle.live(...AT).use(() => undefined),
        ])
          await call().catch((error: unknown) => refused.push(error));
        return bench.thing('self');
      },
    });
    await lifecycle.activate(...AT);
    expect(refused).toEqual(Array.from({ length: 6 }, () => coded('ONEIRIC_LIFECYCLE_REENTRANT')));
  });

  it('a component that its own dependency asks for is refused', async () => {
    await using bench = new Bench();
    await bench.offer('top', { key: 'top', inject: { base: 'base' } });
    await bench.offer('base', {
      key: 'base',
      factory: () => bench.lifecycle.activate('adapter', 'top'),
    });
    const error = await refusal(bench.lifecycle.activate('adapter', 'top'));
    expect(error).toEqual(coded('ONEIRIC_LIFECYCLE_DEPENDENCY'));
    expect(JSON.stringify(error.details)).toContain('base');
  });

  it.each([2, 3])(
    '%i factories that ask for each other, each started from outside, do not wait until their time is over',
    async (count) => {
      await using bench = new Bench();
      const { lifecycle, clock } = bench;
      for (let index = 0; index < count; index++)
        await bench.offer(`p${String(index)}`, {
          key: `k${String(index)}`,
          factory: () => lifecycle.activate('adapter', `k${String((index + 1) % count)}`),
        });
      const starts = Array.from({ length: count }, (_, index) =>
        lifecycle.activate('adapter', `k${String(index)}`),
      );
      for (const start of starts) expect(await refusal(start)).toEqual(coded('ONEIRIC_LIFECYCLE_FAILED'));
      expect(bench.failures.map((error) => (error as Error).message).join()).toContain('waits for it');
      expect(clock.now()).toBe(0);
    },
  );

  it('a factory that asks for a key which needs the one that is being swapped does not wait until its time is over', async () => {
    await using bench = new Bench({ follow: false });
    const { lifecycle } = bench;
    await bench.offer('top', { key: 'top', inject: { base: 'base' } });
    await bench.offer('base', {
      key: 'base',
      factory: async () => {
        await quiet(2);
        return await lifecycle.activate('adapter', 'top');
      },
    });
    const swap = lifecycle.swap('adapter', 'base');
    const start = lifecycle.activate('adapter', 'top');
    start.catch(() => undefined);
    swap.catch(() => undefined);
    await quiet();
    expect(await refusal(swap)).toEqual(coded('ONEIRIC_LIFECYCLE_FAILED'));
    expect(await refusal(start)).toEqual(coded(/^ONEIRIC_LIFECYCLE_/));
  });

  it('a hook that swaps the key it is called for is refused', async () => {
    const seen: unknown[] = [];
    const made: { bench?: Bench } = {};
    await using bench = new Bench({
      follow: false,
      hooks: {
        preSwap: async () => {
          await made.bench?.lifecycle.swap(...AT).catch((error: unknown) => seen.push(error));
        },
      },
    });
    made.bench = bench;
    await bench.offer('old');
    await bench.lifecycle.activate(...AT);
    await bench.offer('new');
    await bench.lifecycle.swap(...AT);
    expect(seen).toEqual([coded('ONEIRIC_LIFECYCLE_REENTRANT')]);
  });

  it('a listener may swap the key that it is told of', async () => {
    await using bench = new Bench({ follow: false });
    await bench.offer('b');
    await bench.offer('a');
    const { lifecycle } = bench;
    const swapped = new Promise((resolve, reject) => {
      lifecycle.on('activated', () => {
        lifecycle.swap(...AT, { provider: 'b' }).then(resolve, reject);
      });
    });
    await lifecycle.activate(...AT);
    expect(await swapped).toMatchObject({ outcome: 'swapped' });
    expect(nameOf(lifecycle.live(...AT).peek())).toBe('b');
  });

  for (const where of ['factory', 'preSwap', 'postSwap', 'cleanup'] as const) {
    it(`close() that a ${where} waits for ends, and everything is closed once`, async () => {
      const made: { bench?: Bench } = {};
      const closes: Promise<void>[] = [];
      const close = async (): Promise<void> => {
        const closing = made.bench?.lifecycle.close() ?? Promise.resolve();
        closing.catch(() => undefined);
        closes.push(closing);
        await closing;
      };
      await using bench = new Bench({
        follow: false,
        hooks: where === 'preSwap' || where === 'postSwap' ? { [where]: close } : {},
      });
      made.bench = bench;
      await bench.offer('old', {
        factory: () => {
          const old = bench.thing('old');
          return where === 'cleanup'
            ? Object.assign(old, { shutdown: close, close: () => (old.closed++, close()) })
            : old;
        },
      });
      await bench.lifecycle.activate(...AT);
      await bench.offer('new', {
        factory: async () => {
          if (where === 'factory') await close();
          return bench.thing('new');
        },
      });
      const swap = bench.lifecycle.swap(...AT);
      swap.catch(() => undefined);
      for (let round = 0; round < 4; round++) await bench.pass(40_000);
      await Promise.allSettled([swap, ...closes]);
      expect(closes.length).toBeGreaterThan(0);
      expect(bench.built.map(({ closed }) => closed)).toEqual(bench.built.map(() => 1));
      expect(await refusal(bench.lifecycle.activate(...AT))).toEqual(coded('ONEIRIC_LIFECYCLE_CLOSED'));
    });
  }
});

describe('what a component needs', () => {
  for (const length of [1, 2, 30]) {
    it(`a circle of ${String(length)} is told whole`, async () => {
      await using bench = new Bench();
      for (let index = 0; index < length; index++)
        await bench.offer(`p${String(index)}`, {
          key: `k${String(index)}`,
          inject: { next: `k${String((index + 1) % length)}` },
        });
      const error = await refusal(bench.lifecycle.activate('adapter', 'k0'));
      expect(error).toEqual(coded('ONEIRIC_LIFECYCLE_CYCLE'));
      expect(error.details?.['path']).toHaveLength(length + 1);
      expect(bench.built).toEqual([]);
    });
  }

  it('a missing link deep down is told with the whole path, and nothing was built', async () => {
    await using bench = new Bench();
    for (let index = 0; index < 5; index++)
      await bench.offer(`p${String(index)}`, {
        key: `k${String(index)}`,
        inject: { next: `k${String(index + 1)}` },
      });
    const error = await refusal(bench.lifecycle.activate('adapter', 'k0'));
    expect(error).toEqual(coded('ONEIRIC_LIFECYCLE_DEPENDENCY'));
    expect((error.details?.['path'] as readonly { key: string }[]).map(({ key }) => key)).toEqual([
      'k0',
      'k1',
      'k2',
      'k3',
      'k4',
      'k5',
    ]);
    expect(bench.built).toEqual([]);
  });

  it('a swap that would close a circle of what runs is refused', async () => {
    await using bench = new Bench({ follow: false });
    await bench.offer('base', { key: 'base' });
    await bench.offer('top', { key: 'top', inject: { base: 'base' } });
    await bench.lifecycle.activate('adapter', 'top');
    await bench.offer('knot', { key: 'base', inject: { top: 'top' } });
    expect(await refusal(bench.lifecycle.swap('adapter', 'base', { provider: 'knot' }))).toEqual(
      coded('ONEIRIC_LIFECYCLE_CYCLE'),
    );
    expect(nameOf(bench.lifecycle.live('adapter', 'base').peek())).toBe('base');
    await bench.lifecycle.deactivate('adapter', 'base', { dependents: 'stop' });
    expect(bench.built.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  it('what is in use is stopped only with what uses it, that first', async () => {
    await using bench = new Bench();
    const order: string[] = [];
    bench.lifecycle.on('deactivated', ({ key }) => order.push(key));
    await bench.offer('base', { key: 'base' });
    await bench.offer('mid', { key: 'mid', inject: { base: 'base' } });
    await bench.offer('top', { key: 'top', inject: { mid: 'mid', base: 'base' } });
    await bench.lifecycle.activate('adapter', 'top');
    const error = await refusal(bench.lifecycle.deactivate('adapter', 'base'));
    expect(error).toEqual(coded('ONEIRIC_LIFECYCLE_IN_USE'));
    expect([...(error.details?.['dependents'] as string[])].sort()).toEqual([
      'adapter/mid (mid)',
      'adapter/top (top)',
    ]);
    await bench.lifecycle.deactivate('adapter', 'base', { dependents: 'stop' });
    expect(order).toEqual(['top', 'mid', 'base']);
    expect(await refusal(bench.lifecycle.live('adapter', 'base').use(() => 1))).toEqual(
      coded('ONEIRIC_LIFECYCLE_NOT_ACTIVE'),
    );
  });

  it('close stops dependents before what they depend on, and gives all failures together', async () => {
    await using bench = new Bench();
    const order: string[] = [];
    const failing = (provider: string) => () => ({
      close: () => {
        order.push(provider);
        throw new Error(`no end of ${provider}`);
      },
    });
    for (const [provider, needs] of [
      ['base', []],
      ['mid', ['base']],
      ['top', ['mid']],
    ] as const)
      await bench.offer(provider, {
        key: provider,
        factory: failing(provider),
        inject: Object.fromEntries(needs.map((need) => [need, need])),
      });
    await bench.lifecycle.activate('adapter', 'top');
    const error = await refusal(bench.lifecycle.close());
    expect(error).toBeInstanceOf(AggregateError);
    expect(error.errors).toHaveLength(3);
    expect(order).toEqual(['top', 'mid', 'base']);
    expect(bench.lifecycle.close()).toBe(bench.lifecycle.close());
  });

  it('factories that wait for keys that others wait for, too, never fill all places', async () => {
    await using bench = new Bench({ concurrency: 1 });
    const { lifecycle } = bench;
    await bench.offer('base', { key: 'base' });
    for (const key of ['k1', 'k2', 'k3'])
      await bench.offer(key, {
        key,
        factory: async () => {
          await lifecycle.activate('adapter', 'base');
          return bench.thing(key);
        },
      });
    const started = Promise.all(['k1', 'base', 'k2', 'k3'].map((key) => lifecycle.activate('adapter', key)));
    started.catch(() => undefined);
    await quiet(6);
    expect(bench.built.map(nameOf).sort()).toEqual(['base', 'k1', 'k2', 'k3']);
    await started;
  });
});

describe('bad arguments', () => {
  const BAD_OPTIONS: readonly LifecycleOptions[] = [
    { concurrency: 0 },
    { concurrency: 1.5 },
    { timeouts: { drainMs: -1 } },
    { timeouts: { drainMs: Number.NaN } },
    { timeouts: { drainMs: 2 ** 31 } },
    { timeouts: { drainMs: '10' as unknown as number } },
    { timeouts: { drianMs: 10 } as object },
    { probe: { fall: 0 } },
    { probe: { intervalMs: Number.POSITIVE_INFINITY } },
    { probe: { intervalMs: 0 } },
    { follow: 'yes' as unknown as boolean },
    { hooks: { preSwap: 'no' as unknown as () => void } },
    { hooks: { afterSwap: () => undefined } as object },
    { settings: {} as unknown as () => unknown },
    { statusFile: '' },
    { folow: true } as object,
    null as unknown as LifecycleOptions,
  ];
  for (const [index, options] of BAD_OPTIONS.entries()) {
    it(`options are refused: ${JSON.stringify(options)} (${String(index)})`, () => {
      expect(() => new LifecycleManager(new CandidateRegistry(), options)).toThrow(
        coded('ONEIRIC_LIFECYCLE_OPTION_INVALID'),
      );
    });
  }

  const NONSENSE: readonly (readonly unknown[])[] = [
    [],
    [undefined, undefined],
    [Symbol('no key'), 'cache'],
    ['adapter', Symbol('no key')],
    ['adapter', { toString: () => 'cache' }],
    [
      {
        toString: () => {
          throw new Error('no text');
        },
      },
      'cache',
    ],
    ['__proto__', 'cache'],
    ['adapter', '../cache'],
    ['adapter', ''],
    [Number.NaN, 5],
    [{ domain: 'adapter', key: 'a/b', id: 1 }],
    ['adapter', 'cache', 'options'],
    ['adapter', 'cache', { signal: 'now' }],
    ['adapter', 'cache', { signal: null }],
    ['adapter', 'cache', null],
  ];
  for (const method of [
    'activate',
    'swap',
    'rollback',
    'deactivate',
    'probe',
    'pause',
    'drain',
    'resume',
  ] as const) {
    it(`${method} never throws at once, and says with a code what is wrong`, async () => {
      await using bench = new Bench();
      await bench.offer('a');
      await bench.lifecycle.activate(...AT);
      for (const args of NONSENSE) {
        const call = bench.lifecycle[method] as (...args: readonly unknown[]) => Promise<unknown>;
        const error = await refusal(call.call(bench.lifecycle, ...args));
        expect(error).toEqual(coded(/^ONEIRIC_(REGISTRY_NAME_INVALID|LIFECYCLE_OPTION_INVALID)$/));
      }
      expect(nameOf(bench.lifecycle.live(...AT).peek())).toBe('a');
    });
  }

  it('what becomes of dependents, and whom to swap to, is refused where it is none of what it can be', async () => {
    await using bench = new Bench();
    await bench.offer('a');
    await bench.lifecycle.activate(...AT);
    const { lifecycle } = bench;
    expect(await refusal(lifecycle.deactivate(...AT, { dependents: 'stopp' as 'stop' }))).toEqual(
      coded('ONEIRIC_LIFECYCLE_OPTION_INVALID'),
    );
    for (const provider of [5, '', null, {}])
      expect(await refusal(lifecycle.swap(...AT, { provider: provider as string }))).toEqual(
        coded(/^ONEIRIC_/),
      );
    expect(await refusal(lifecycle.swap(...AT, { provider: 'nobody' }))).toEqual(
      coded(/^ONEIRIC_RESOLUTION/),
    );
    expect(nameOf(lifecycle.live(...AT).peek())).toBe('a');
  });
});
