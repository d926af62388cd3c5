import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';

import { createError } from '../../src/errors/oneiric-error.js';
import { definePlugin } from '../../src/plugins/define-plugin.js';
import type { Plugin, PluginContext } from '../../src/plugins/plugin.js';
import { PLUGIN_ERRORS } from '../../src/plugins/plugin-errors.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { ManualClock } from '../lifecycle/faults/manual-clock.js';
import { aPlan, boxed, host, offer, statesOf } from './a-plugin.js';

const plugin = (more: Partial<Plugin>): Plugin => ({ name: 'acme', ...more });
const thrown = (): never => {
  throw new Error('no bucket');
};
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable(new Error('gone'), {});
  revoke();
  return proxy;
};
const provides = [{ domain: 'adapter', key: 'cache', provider: 'told' }];

describe('a plugin that cannot be used', () => {
  it.each<[string, () => unknown, reason: string, states: readonly string[]]>([
    ['throws when it is imported', thrown, 'IMPORT_FAILED', ['told filtered LOAD_FAILED']],
    [
      'rejects when it is imported',
      () => Promise.reject(new Error('x')),
      'IMPORT_FAILED',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'throws what is no error',
      () => {
        throw undefined as unknown as Error;
      },
      'IMPORT_FAILED',
      ['told filtered LOAD_FAILED'],
    ],
    ['has no default export', () => undefined, 'INVALID', ['told filtered LOAD_FAILED']],
    ['exports a class', () => Map, 'INVALID', ['told filtered LOAD_FAILED']],
    [
      'has no name',
      () => ({ candidates: [offer('a')] }),
      'INVALID',
      ['told filtered LOAD_FAILED', 'a filtered LOAD_FAILED'],
    ],
    [
      'has a name that is none',
      () => plugin({ name: '__proto__' }),
      'INVALID',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'has a property that nobody reads',
      () => ({ ...plugin({}), setUp: thrown }),
      'INVALID',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'throws when it is read',
      () => new Proxy({}, { ownKeys: thrown }),
      'INVALID',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'offers what is no list',
      () => plugin({ candidates: 7 as never }),
      'INVALID',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'offers an invalid candidate',
      () => plugin({ candidates: [offer('a'), offer('b', 'cache', { priority: '10' as never })] }),
      'INVALID',
      ['told filtered LOAD_FAILED', 'b filtered LOAD_FAILED', 'a filtered LOAD_FAILED'],
    ],
    [
      'is refused by definePlugin',
      () => definePlugin({ name: 'acme', candidates: [offer('a', 'cache', { factory: 5 as never })] }),
      'INVALID',
      ['told filtered LOAD_FAILED', 'a filtered LOAD_FAILED'],
    ],
    [
      'offers one name twice',
      () => plugin({ candidates: [offer('a'), offer('a')] }),
      'INVALID',
      ['told filtered LOAD_FAILED', 'a filtered LOAD_FAILED'],
    ],
    [
      'offers in its setup what it offers anyway',
      () =>
        plugin({
          candidates: [offer('a')],
          setup: ({ register }) => {
            register(offer('a'));
          },
        }),
      'INVALID',
      ['told filtered LOAD_FAILED', 'a filtered LOAD_FAILED'],
    ],
    [
      'says that another source offers its candidate',
      () => plugin({ candidates: [offer('a', 'cache', { source: { kind: 'plugin', id: 'other' } })] }),
      'INVALID',
      ['told filtered LOAD_FAILED', 'a filtered LOAD_FAILED'],
    ],
    ['throws in its setup', () => plugin({ setup: thrown }), 'SETUP_FAILED', ['told filtered LOAD_FAILED']],
    [
      'rejects in its setup',
      () => plugin({ setup: () => Promise.reject(new Error('x')) }),
      'SETUP_FAILED',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'returns no cleanup from its setup',
      () => plugin({ setup: () => 5 as never }),
      'INVALID',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'returns a thenable that throws',
      () => plugin({ setup: () => ({ then: thrown }) as never }),
      'SETUP_FAILED',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'returns from its setup what throws when it is looked at',
      () => plugin({ setup: () => Object.defineProperty({}, Symbol.asyncDispose, { get: thrown }) as never }),
      'INVALID',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'exports a thenable that never settles',
      () => boxed({ then: () => undefined }),
      'INVALID',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'exports a thenable that throws',
      () => boxed({ then: thrown }),
      'INVALID',
      ['told filtered LOAD_FAILED'],
    ],
    ['exports what cannot be looked at', () => boxed(revoked()), 'INVALID', ['told filtered LOAD_FAILED']],
    [
      'throws what looks like a refusal by definePlugin',
      () => {
        throw createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_DEFINITION_INVALID', {
          problems: [],
          offered: 5 as never,
        });
      },
      'IMPORT_FAILED',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'throws what cannot be looked at',
      () => {
        throw revoked() as Error;
      },
      'IMPORT_FAILED',
      ['told filtered LOAD_FAILED'],
    ],
    [
      'registers what is invalid and catches that',
      () =>
        plugin({
          setup: ({ register }) => {
            try {
              register({} as never);
            } catch {
              /* it goes on */
            }
          },
        }),
      'INVALID',
      ['told filtered LOAD_FAILED'],
    ],
  ])('is reported and harms nobody: it %s', async (_, module, reason, states) => {
    const registry = new CandidateRegistry();
    const plans = [aPlan('broken', { provides }), aPlan('well')];
    const modules = {
      broken: module,
      well: () => plugin({ name: 'well', candidates: [offer('fine', 'other')] }),
    };
    const { reports } = await host(registry, modules, {}, plans);
    expect(reports.map(({ state }) => state)).toEqual(['failed', 'loaded']);
    expect(reports[0]).toMatchObject({
      reason,
      error: { code: `ONEIRIC_PLUGIN_${reason}` },
      candidates: states.length,
    });
    expect(statesOf(registry)).toEqual(states);
    expect(registry.resolve('adapter', 'other')?.provider).toBe('fine');
  });

  it('leaves nothing of twenty candidates where it throws after the twentieth, except that they could not be loaded', async () => {
    const registry = new CandidateRegistry();
    const module = () =>
      plugin({
        setup({ register }) {
          for (let index = 0; index < 20; index++) register(offer(`p${String(index)}`));
          throw new Error('the twenty-first');
        },
      });
    const { reports } = await host(registry, { broken: module });
    expect(reports[0]).toMatchObject({ state: 'failed', candidates: 20 });
    expect(new Set(registry.explain('adapter', 'cache').candidates.map(({ state }) => state))).toEqual(
      new Set(['filtered']),
    );
    const { factory } = registry.explain('adapter', 'cache').question.facts.candidates[0] ?? {};
    expect(factory as () => unknown).toThrow('the twenty-first');
  });

  it('is told what is wrong with what it registers, and not only that something is', async () => {
    const setup: Plugin['setup'] = ({ register }) => {
      register(offer('a', 'cache', { priority: '10' as never }));
    };
    const { reports } = await host(new CandidateRegistry(), { broken: () => plugin({ setup }) });
    expect(reports[0]?.detail).toBe('its setup failed: priority is "10"; expected an integer in -1000…1000');
  });

  it('loses to the package that comes first where both have one name, and is cleaned up', async () => {
    const registry = new CandidateRegistry();
    const cleaned: string[] = [];
    const twin = (provider: string) => () =>
      plugin({ candidates: [offer(provider)], setup: () => () => void cleaned.push(provider) });
    const { reports } = await host(registry, { zeta: twin('z'), alpha: twin('a') });
    expect(reports.map(({ package: name, state, reason }) => [name, state, reason])).toEqual([
      ['alpha', 'loaded', null],
      ['zeta', 'failed', 'NAME_TAKEN'],
    ]);
    expect([statesOf(registry), cleaned]).toEqual([['a active', 'z filtered LOAD_FAILED'], ['z']]);
  });

  it('may not offer anything after its setup has settled', async () => {
    const registry = new CandidateRegistry();
    let late: PluginContext | undefined;
    await host(registry, { a: () => plugin({ setup: (context) => void (late = context) }) });
    expect(() => late?.register(offer('late'))).toThrow('after its setup had settled');
    expect(registry.keys()).toEqual([]);
  });

  it('pollutes nothing by the names that it gives', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const registry = new CandidateRegistry();
    const bad = JSON.parse(
      '{"domain":"__proto__","key":"polluted","provider":"x","__proto__":{"polluted":1}}',
    ) as never;
    await host(registry, { a: () => ({ name: 'a', candidates: [bad], __proto__: { polluted: 1 } }) });
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('a plugin that hangs', () => {
  it.each(['import', 'setup'] as const)('in its %s is given up when its time is over', async (phase) => {
    const clock = new ManualClock();
    const registry = new CandidateRegistry();
    const never = new Promise<never>(() => undefined);
    const module =
      phase === 'import' ? () => never : () => plugin({ candidates: [offer('a')], setup: () => never });
    const loading = host(registry, { a: module, b: () => plugin({ name: 'b' }) }, { clock, timeoutMs: 500 });
    await setImmediate();
    clock.advance(500);
    const { reports } = await loading;
    expect(reports.map(({ state, reason, detail }) => [state, reason, detail])).toEqual([
      ['failed', 'TIMEOUT', `its ${phase} did not end within 500 ms`],
      ['loaded', null, null],
    ]);
    expect(statesOf(registry)).toEqual(phase === 'import' ? [] : ['a filtered LOAD_FAILED']);
  });

  it('is told by its signal, and cleaned up when its setup settles after all', async () => {
    const clock = new ManualClock();
    const cleaned: string[] = [];
    let finish = (): void => undefined;
    let context: PluginContext | undefined;
    const setup = (given: PluginContext) => {
      context = given;
      return new Promise<() => void>((resolve) => {
        finish = () => {
          resolve(() => {
            cleaned.push('cleaned');
          });
        };
      });
    };
    const loading = host(new CandidateRegistry(), { a: () => plugin({ setup }) }, { clock, timeoutMs: 500 });
    await setImmediate();
    expect(context?.signal.aborted).toBe(false);
    clock.advance(500);
    await loading;
    expect(context?.signal.aborted).toBe(true);
    finish();
    await setImmediate();
    expect(cleaned).toEqual(['cleaned']);
  });

  it('is no unhandled rejection where what its setup returns after all cannot be looked at', async () => {
    const clock = new ManualClock();
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    let finish = (_: never): void => undefined;
    const setup = () => new Promise<never>((resolve) => (finish = resolve));
    const loading = host(new CandidateRegistry(), { a: () => plugin({ setup }) }, { clock, timeoutMs: 500 });
    await setImmediate();
    clock.advance(500);
    await loading;
    finish(Object.defineProperty({}, Symbol.asyncDispose, { get: thrown }) as never);
    await setImmediate();
    await setImmediate();
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('is told to diagnostics, and is no unhandled rejection, where it rejects after all', async () => {
    const clock = new ManualClock();
    const told: unknown[] = [];
    const listen = (message: unknown): void => void told.push(message);
    subscribe('oneiric:plugin:failed-late', listen);
    let fail = (_: Error): void => undefined;
    const setup = () => new Promise<void>((_, reject) => (fail = reject));
    const loading = host(new CandidateRegistry(), { a: () => plugin({ setup }) }, { clock, timeoutMs: 500 });
    await setImmediate();
    clock.advance(500);
    await loading;
    fail(new Error('too late'));
    await setImmediate();
    expect(told).toMatchObject([{ package: 'a', phase: 'setup', error: { message: 'too late' } }]);
    unsubscribe('oneiric:plugin:failed-late', listen);
  });
});
