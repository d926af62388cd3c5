import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  CandidateRegistry,
  type CandidateInput,
  LifecycleManager,
  type LifecycleOptions,
} from '@oneiric/core';
import type { Trigger } from './trigger.js';

const never = new Promise<never>(() => undefined);
const redis = { domain: 'adapter', key: 'cache', provider: 'redis' } as const;
const memory = { domain: 'adapter', key: 'cache', provider: 'memory' } as const;

/** A lifecycle of these candidates, with which something is done. */
async function lifecycleOf(
  candidates: readonly Partial<CandidateInput>[],
  work: (lifecycle: LifecycleManager, registry: CandidateRegistry) => unknown,
  options?: LifecycleOptions,
): Promise<void> {
  const registry = new CandidateRegistry();
  await registry.registerAll(candidates.map((each) => ({ ...redis, factory: () => ({}), ...each })));
  const lifecycle = new LifecycleManager(registry, options);
  try {
    await work(lifecycle, registry);
  } finally {
    await lifecycle.close().catch(() => undefined);
  }
}

/** One way to each error of the lifecycle. */
export const LIFECYCLE_TRIGGERS: Readonly<Record<string, Trigger>> = {
  ONEIRIC_LIFECYCLE_OPTION_INVALID: () =>
    new LifecycleManager(new CandidateRegistry(), { timeout: { activationMs: 10 } } as never),
  ONEIRIC_LIFECYCLE_FAILED: () =>
    lifecycleOf(
      [
        {
          factory() {
            throw new Error('connect ECONNREFUSED 10.0.0.7:6379');
          },
        },
      ],
      (lifecycle) => lifecycle.activate('adapter', 'cache'),
    ),
  ONEIRIC_LIFECYCLE_SUPERSEDED: () => {
    let giveUp: (reason: unknown) => void = () => undefined;
    const given = new Promise<never>((_, reject) => (giveUp = reject));
    const factory = ({ signal }: { readonly signal: AbortSignal }) => {
      signal.addEventListener('abort', () => {
        giveUp(signal.reason);
      });
      return never;
    };
    return lifecycleOf(
      [
        { ...memory, priority: 5 },
        { ...redis, factory },
      ],
      async (lifecycle, registry) => {
        await lifecycle.activate('adapter', 'cache');
        await registry.select('adapter', 'cache', 'redis');
        while (lifecycle.status('adapter', 'cache').operation?.phase !== 'build') await setImmediate();
        await registry.select('adapter', 'cache', 'memory');
        await given;
      },
    );
  },
  ONEIRIC_LIFECYCLE_TIMEOUT: () =>
    lifecycleOf(
      [{ factory: () => never }],
      (lifecycle) =>
        lifecycle.activate('adapter', 'cache').catch((error: unknown) => {
          throw (error as Error).cause;
        }),
      { timeouts: { activationMs: 20 } },
    ),
  ONEIRIC_LIFECYCLE_UNHEALTHY: () =>
    lifecycleOf([{ health: () => false }], (lifecycle) =>
      lifecycle.activate('adapter', 'cache').catch((error: unknown) => {
        throw (error as Error).cause;
      }),
    ),
  ONEIRIC_LIFECYCLE_RESULT_INVALID: () =>
    lifecycleOf([{ factory: () => undefined }], (lifecycle) =>
      lifecycle.activate('adapter', 'cache').catch((error: unknown) => {
        throw (error as Error).cause;
      }),
    ),
  ONEIRIC_LIFECYCLE_FACTORY_NOT_LOADED: () =>
    lifecycleOf([{ factory: '@acme/redis#create' }], (lifecycle) =>
      lifecycle.activate('adapter', 'cache').catch((error: unknown) => {
        throw (error as Error).cause;
      }),
    ),
  ONEIRIC_LIFECYCLE_SCOPE: () =>
    lifecycleOf([{ scope: 'transient' }], (lifecycle) => lifecycle.activate('adapter', 'cache')),
  ONEIRIC_LIFECYCLE_DEPENDENCY: () =>
    lifecycleOf(
      [
        { key: 'orders', provider: 'sql', inject: { cache: 'adapter/cache' } },
        { inject: { clock: 'service/clock' } },
      ],
      (lifecycle) => lifecycle.activate('adapter', 'orders'),
    ),
  ONEIRIC_LIFECYCLE_CYCLE: () =>
    lifecycleOf(
      [
        { key: 'orders', provider: 'sql', inject: { cache: 'adapter/cache' } },
        { inject: { orders: 'adapter/orders' } },
      ],
      (lifecycle) => lifecycle.activate('adapter', 'orders'),
    ),
  ONEIRIC_LIFECYCLE_REENTRANT: async () => {
    let inside: Promise<unknown> = Promise.resolve();
    await lifecycleOf(
      [
        {
          factory: () => {
            inside = running?.swap('adapter', 'cache') ?? inside;
            inside.catch(() => undefined);
            return {};
          },
        },
      ],
      (lifecycle) => {
        running = lifecycle;
        return lifecycle.activate('adapter', 'cache');
      },
    );
    await inside;
  },
  ONEIRIC_LIFECYCLE_IN_TRANSACTION: () =>
    lifecycleOf([{}], (lifecycle, registry) =>
      registry.transaction(() => lifecycle.activate('adapter', 'cache')),
    ),
  ONEIRIC_LIFECYCLE_NOT_ACTIVE: () =>
    lifecycleOf([{}], (lifecycle) => (lifecycle.live('adapter', 'cache').proxy as Map<string, string>).size),
  ONEIRIC_LIFECYCLE_METHOD_MISSING: () =>
    lifecycleOf(
      [{ factory: () => ({ flush: () => undefined }) }, { ...memory, factory: () => ({ size: 1 }) }],
      async (lifecycle) => {
        await lifecycle.swap('adapter', 'cache', { provider: 'redis' });
        const { flush } = lifecycle.live('adapter', 'cache').proxy as { readonly flush: () => void };
        await lifecycle.swap('adapter', 'cache', { provider: 'memory' });
        flush();
      },
    ),
  ONEIRIC_LIFECYCLE_PAUSED: () =>
    lifecycleOf([{}], async (lifecycle) => {
      await lifecycle.activate('adapter', 'cache');
      await lifecycle.pause('adapter', 'cache');
      return (lifecycle.live('adapter', 'cache').proxy as Map<string, string>).size;
    }),
  ONEIRIC_LIFECYCLE_CLOSED: async () => {
    const lifecycle = new LifecycleManager(new CandidateRegistry());
    const cache = lifecycle.live('adapter', 'cache');
    await lifecycle.close();
    await cache.use(() => undefined);
  },
  ONEIRIC_LIFECYCLE_IN_USE: () =>
    lifecycleOf(
      [{}, { key: 'orders', provider: 'sql', inject: { cache: 'adapter/cache' } }],
      async (lifecycle) => {
        await lifecycle.activate('adapter', 'orders');
        await lifecycle.deactivate('adapter', 'cache');
      },
    ),
  ONEIRIC_LIFECYCLE_NO_ROLLBACK: () =>
    lifecycleOf([{}], async (lifecycle) => {
      await lifecycle.activate('adapter', 'cache');
      await lifecycle.rollback('adapter', 'cache');
    }),
  ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT: () =>
    lifecycleOf(
      [{}, { ...memory, priority: -1 }],
      async (lifecycle) => {
        await lifecycle.activate('adapter', 'cache');
        void lifecycle.live('adapter', 'cache').use(() => never);
        const { problems } = await lifecycle.swap('adapter', 'cache', { provider: 'memory' });
        throw (problems[0] as Error).cause;
      },
      { timeouts: { drainMs: 20 } },
    ),
  ONEIRIC_LIFECYCLE_STATUS_FILE: async (folder) => {
    const statusFile = join(folder, 'status.json');
    writeFileSync(statusFile, '{ "schemaVersion": 1, "components": [{ "domain": "adap');
    const lifecycle = new LifecycleManager(new CandidateRegistry(), { statusFile });
    const { error } = await new Promise<{ readonly error: unknown }>((resolve) => {
      lifecycle.on('status-file-failed', resolve);
    });
    await lifecycle.close();
    throw error;
  },
  ONEIRIC_LIFECYCLE_EVENT_UNKNOWN: () =>
    new LifecycleManager(new CandidateRegistry()).on('swaped' as never, () => undefined),
};

let running: LifecycleManager | undefined;
