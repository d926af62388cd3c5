import type { LifecycleOptions } from '../../../src/lifecycle/lifecycle-options.js';
import { microtasks } from '../../concurrency/harness/turns.js';
import type { Stage } from './stage.js';

/** One thing that is done to a lifecycle, step by step; all that it waits for are turns of the microtask queue. */
export interface Scenario {
  readonly name: string;
  readonly options?: (stage: () => Stage) => LifecycleOptions;
  /** What is there before, without any fault. */
  readonly prepare: (stage: Stage) => Promise<void>;
  /** Starts the operations that are tested, in the same breath. */
  readonly act: (stage: Stage, signal: AbortSignal) => readonly Promise<unknown>[];
  /** Keys that have to be served at every step, whatever happens. */
  readonly served: readonly string[];
  /** Of these, calls that cannot wait may be refused meanwhile: their data is carried over, or they are paused. */
  readonly held?: readonly string[];
  /** Is nothing bound any more after the caller gives up? Not so where nobody waits for what is done. Default: true. */
  readonly isUndone?: boolean;
  /** All keys, and who could run for each afterwards. */
  readonly others: Readonly<Record<string, readonly string[]>>;
}

const hooks = (stage: () => Stage): LifecycleOptions => ({
  hooks: {
    preSwap: (context) => stage().hook('preSwap')(context),
    postSwap: (context) => stage().hook('postSwap')(context),
  },
});

/** `cache` in two versions, the second better, the first running. */
async function twoCaches(stage: Stage): Promise<void> {
  await stage.registry.registerCandidate(stage.offer('cache', 'old', { priority: 1 }));
  await stage.lifecycle.activate('adapter', 'cache');
  await stage.registry.select('adapter', 'cache', { provider: 'cache-old', policy: 'prefer' });
  await stage.registry.registerCandidate(
    stage.offer('cache', 'new', { priority: 2, handover: stage.handover('cache-new') }),
  );
}
const CACHES = { cache: ['cache-old', 'cache-new'] };

/** Calls in flight that end by themselves, after more steps than it takes to build an instance. */
function callsInFlight(stage: Stage, key: string, count: number): readonly Promise<unknown>[] {
  const handle = stage.lifecycle.live('adapter', key);
  return Array.from({ length: count }, (_, index) =>
    handle.use((instance) => (instance as { ask(turns: number): Promise<string> }).ask(30 * (index + 1))),
  );
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'the start of a component that is only referred to',
    prepare: async (stage) => {
      await stage.registry.registerCandidate(stage.offer('cache', 'a', { factory: 'some-package#cache' }));
    },
    act: ({ lifecycle }, signal) => [lifecycle.activate('adapter', 'cache', { signal })],
    served: [],
    others: { cache: ['cache-a'] },
  },
  {
    name: 'the start of a component with others below it, asked for by two',
    prepare: async (stage) => {
      await stage.registry.registerAll([
        stage.offer('top', 'a', { inject: { left: 'adapter/left', right: 'right' } }),
        stage.offer('left', 'a', { inject: { base: 'base' } }),
        stage.offer('right', 'a', { inject: { base: 'base' } }),
        stage.offer('base', 'a'),
      ]);
    },
    act: ({ lifecycle }, signal) => [
      lifecycle.activate('adapter', 'top', { signal }),
      lifecycle.activate('adapter', 'right', { signal }),
      lifecycle.live('adapter', 'left').use(() => undefined, { signal }),
    ],
    served: [],
    others: { base: ['base-a'], left: ['left-a'], right: ['right-a'], top: ['top-a'] },
  },
  {
    name: 'a swap with handover, hooks and calls in flight',
    options: hooks,
    prepare: twoCaches,
    act: (stage, signal) => [
      ...callsInFlight(stage, 'cache', 2),
      stage.lifecycle.swap('adapter', 'cache', { provider: 'cache-new', signal }),
    ],
    served: ['cache'],
    held: ['cache'],
    others: CACHES,
  },
  {
    name: 'a swap to what needs something that does not run yet',
    options: hooks,
    prepare: async (stage) => {
      await stage.registry.registerAll([
        stage.offer('cache', 'old', { priority: 2 }),
        stage.offer('cache', 'new', { priority: 1, inject: { base: 'base' } }),
        stage.offer('base', 'a'),
      ]);
      await stage.lifecycle.activate('adapter', 'cache');
    },
    act: (stage, signal) => [
      stage.lifecycle.swap('adapter', 'cache', { provider: 'cache-new', signal }),
      ...callsInFlight(stage, 'cache', 1),
    ],
    served: ['cache'],
    others: { base: ['base-a'], cache: ['cache-old', 'cache-new'] },
  },
  {
    name: 'two swaps at once, there and back',
    prepare: twoCaches,
    act: (stage, signal) => [
      stage.lifecycle.swap('adapter', 'cache', { provider: 'cache-new', signal }),
      stage.lifecycle.swap('adapter', 'cache', { provider: 'cache-old', signal }),
      ...callsInFlight(stage, 'cache', 2),
    ],
    served: ['cache'],
    held: ['cache'],
    others: CACHES,
  },
  {
    name: 'a rollback',
    options: hooks,
    prepare: async (stage) => {
      await twoCaches(stage);
      await stage.lifecycle.swap('adapter', 'cache', { provider: 'cache-new' });
    },
    act: (stage, signal) => [
      ...callsInFlight(stage, 'cache', 1),
      stage.lifecycle.rollback('adapter', 'cache', { signal }),
    ],
    served: ['cache'],
    others: CACHES,
  },
  {
    name: 'a changed decision that is followed',
    isUndone: false,
    options: hooks,
    prepare: twoCaches,
    act: (stage, signal) => [
      ...callsInFlight(stage, 'cache', 1),
      stage.registry.clearSelection('adapter', 'cache', { signal }),
    ],
    served: ['cache'],
    held: ['cache'],
    others: CACHES,
  },
  {
    name: 'the end of a component together with what depends on it',
    isUndone: false,
    prepare: async (stage) => {
      await stage.registry.registerAll([
        stage.offer('base', 'a'),
        stage.offer('top', 'a', { inject: { base: 'base' } }),
        stage.offer('side', 'a'),
      ]);
      await stage.lifecycle.activate('adapter', 'top');
      await stage.lifecycle.activate('adapter', 'side');
    },
    act: (stage, signal) => [
      ...callsInFlight(stage, 'base', 1),
      ...callsInFlight(stage, 'top', 1),
      stage.lifecycle.deactivate('adapter', 'base', { dependents: 'stop', signal }),
    ],
    served: ['side'],
    others: { base: ['base-a'], top: ['top-a'], side: ['side-a'] },
  },
  {
    name: 'the start of the next in rank after the first has failed',
    options: () => ({ failover: true }),
    prepare: async (stage) => {
      await stage.registry.registerAll([
        stage.offer('cache', 'bad', {
          priority: 3,
          factory: async () => {
            await stage.point('before cache-bad fails');
            throw new Error('bad');
          },
        }),
        stage.offer('cache', 'good', { priority: 1 }),
        stage.offer('cache', 'better', { priority: 2 }),
      ]);
    },
    act: (stage, signal) => [stage.lifecycle.activate('adapter', 'cache', { signal })],
    served: [],
    others: { cache: ['cache-good', 'cache-better'] },
  },
  {
    name: 'a pause, a drain and the way back',
    prepare: twoCaches,
    act: (stage, signal) => [
      ...callsInFlight(stage, 'cache', 2),
      stage.lifecycle.pause('adapter', 'cache', { signal }),
      stage.lifecycle.drain('adapter', 'cache', { signal }),
      stage.lifecycle.swap('adapter', 'cache', { provider: 'cache-new', signal }),
      stage.lifecycle.resume('adapter', 'cache', { signal }),
    ],
    served: ['cache'],
    held: ['cache'],
    others: CACHES,
  },
  {
    name: 'a probe with the trial of one that was unwell',
    isUndone: false,
    options: () => ({ failover: true, probe: { fall: 1, rise: 1 } }),
    prepare: async (stage) => {
      let isWell = false;
      await stage.registry.registerAll([
        stage.offer('cache', 'better', {
          priority: 2,
          inject: { base: 'base' },
          factory: async () => {
            if (isWell) return await stage.factory('cache-better')();
            isWell = true;
            throw new Error('unwell');
          },
        }),
        stage.offer('cache', 'good', { priority: 1 }),
        stage.offer('base', 'a'),
      ]);
      await stage.lifecycle.activate('adapter', 'cache');
      await stage.rest();
    },
    act: (stage, signal) => [
      stage.lifecycle.probe('adapter', 'cache', { signal }),
      ...callsInFlight(stage, 'cache', 1),
    ],
    served: ['cache'],
    others: { base: ['base-a'], cache: ['cache-good', 'cache-better'] },
  },
];

/** Steps until everything that a scenario does by itself is over, the background included. */
export async function stepsOf(stage: Stage, promises: readonly Promise<unknown>[]): Promise<number> {
  let isDone = false;
  void Promise.allSettled(promises).then(() => (isDone = true));
  for (let step = 0; step < 2000; step++) {
    if (isDone && !stage.core.lock.isLocked()) return step;
    await microtasks(1);
  }
  throw new Error('it never ended');
}
