import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { type ConfigWatch, watchConfig } from '../../src/config/watch-config.js';
import type { CandidateInput } from '../../src/decision/candidate.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../../src/lifecycle/lifecycle-options.js';
import type { ChannelName } from '../../src/observability/channels.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { Application } from '../attach/an-application.js';
import { aProject } from '../config/a-project.js';
import { aPlan, host, offer } from '../plugins/a-plugin.js';

/** Has something published; ends once `heard` does, at the latest. */
type ChannelTrigger = (heard: Promise<unknown>) => Promise<unknown>;

/** A registry with `redis`, which wins, `memory` and `sick`, and its lifecycle. */
async function withLifecycle(
  work: (lifecycle: LifecycleManager, registry: CandidateRegistry) => Promise<unknown>,
  options?: LifecycleOptions,
): Promise<void> {
  const registry = new CandidateRegistry();
  await using lifecycle = new LifecycleManager(registry, options);
  const cache = (provider: string, more: Partial<CandidateInput> = {}): CandidateInput => ({
    domain: 'adapter',
    key: 'cache',
    provider,
    factory: () => ({}),
    ...more,
  });
  await registry.registerAll([
    cache('redis', { priority: 50 }),
    cache('memory'),
    cache('sick', { health: () => false }),
  ]);
  await work(lifecycle, registry);
}

const swap: ChannelTrigger = () =>
  withLifecycle(async (lifecycle) => {
    await lifecycle.activate('adapter', 'cache');
    await lifecycle.swap('adapter', 'cache', { provider: 'memory' });
  });

const fail: ChannelTrigger = () =>
  withLifecycle((lifecycle) =>
    lifecycle.swap('adapter', 'cache', { provider: 'sick' }).catch(() => undefined),
  );

const pause: ChannelTrigger = () =>
  withLifecycle(async (lifecycle) => {
    await lifecycle.activate('adapter', 'cache');
    await lifecycle.pause('adapter', 'cache');
    await lifecycle.resume('adapter', 'cache');
  });

const section: ChannelTrigger = () => new ReentrantLock().runExclusive(() => 1);
const until = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const NAME = 'oneiric.config.yaml';

/** A watched configuration of which `text` becomes the next version. */
async function change(text: string, heard: Promise<unknown>): Promise<void> {
  const cwd = aProject({ [NAME]: 'defaultPriority: 1\n' });
  await using _: ConfigWatch = await watchConfig({ cwd, env: {}, debounceMs: 5 });
  writeFileSync(join(cwd, NAME), text);
  await heard;
}

const good = { acme: () => ({ name: 'acme', candidates: [offer('redis')] }) };

/** One way to each channel. */
export const CHANNEL_TRIGGERS: Readonly<Record<ChannelName, ChannelTrigger>> = {
  'oneiric:registry:changed': () => withLifecycle(() => Promise.resolve()),
  'oneiric:decision:changed': () => withLifecycle(() => Promise.resolve()),
  'oneiric:decision:made': () =>
    withLifecycle((_, registry) => Promise.resolve(registry.resolve('adapter', 'cache'))),
  'oneiric:lifecycle:activated': swap,
  'oneiric:lifecycle:swapped': swap,
  'oneiric:lifecycle:deactivated': swap,
  'oneiric:lifecycle:phase': swap,
  'oneiric:lifecycle:operation-ended': swap,
  'oneiric:lifecycle:failed': fail,
  'oneiric:lifecycle:health-changed': () => {
    let isWell = true;
    return withLifecycle(
      async (lifecycle, registry) => {
        await registry.registerCandidate({
          domain: 'service',
          key: 'clock',
          factory: () => ({}),
          health: () => isWell,
        });
        await lifecycle.activate('service', 'clock');
        isWell = false;
        await lifecycle.probe('service', 'clock');
      },
      { probe: { fall: 1 } },
    );
  },
  'oneiric:lifecycle:paused': pause,
  'oneiric:lifecycle:resumed': pause,
  'oneiric:lifecycle:withdrawn': (heard) =>
    withLifecycle(async (lifecycle, registry) => {
      const only = await registry.registerCandidate({ domain: 'service', key: 'clock', factory: () => ({}) });
      await lifecycle.activate('service', 'clock');
      await only.unregister();
      await heard;
    }),
  'oneiric:lifecycle:status-file-failed': (heard) =>
    withLifecycle(
      async (lifecycle) => {
        await lifecycle.activate('adapter', 'cache');
        await heard;
      },
      { statusFile: join(aProject({}), 'nowhere', 'status.json') },
    ),
  'oneiric:lock:acquired': section,
  'oneiric:lock:released': section,
  'oneiric:lock:orphan-running': async () => {
    const lock = new ReentrantLock();
    let inner: Promise<unknown> = Promise.resolve();
    await lock.runExclusive(() => {
      inner = lock.runExclusive(() => until(5));
    });
    await inner;
  },
  'oneiric:lock:deadlock-suspected': async () => {
    const [a, b] = [new ReentrantLock({ deadlockGraceMs: 5 }), new ReentrantLock({ deadlockGraceMs: 5 })];
    await Promise.allSettled([
      a.runExclusive(async () => {
        await until(5);
        await b.runExclusive(() => 1);
      }),
      b.runExclusive(async () => {
        await until(5);
        await a.runExclusive(() => 1);
      }),
    ]);
  },
  'oneiric:lock:long-hold': () => new ReentrantLock({ longHoldMs: 1 }).runExclusive(() => until(20)),
  'oneiric:lock:order-inversion': async () => {
    const [a, b] = [new ReentrantLock(), new ReentrantLock()];
    await a.runExclusive(() => b.runExclusive(() => 1));
    await b.runExclusive(() => a.runExclusive(() => 1));
  },
  'oneiric:plugin:loaded': () => host(new CandidateRegistry(), good),
  'oneiric:plugin:skipped': () =>
    host(new CandidateRegistry(), good, {}, [
      aPlan('acme', {
        misfit: { reason: 'OS_UNSUPPORTED', detail: 'it is for darwin', platform: { os: ['darwin'] } },
      }),
    ]),
  'oneiric:plugin:failed': () => host(new CandidateRegistry(), { acme: () => ({ name: 17 }) }),
  'oneiric:plugin:unloaded': async () => {
    const plugins = await host(new CandidateRegistry(), good);
    await plugins.close();
  },
  'oneiric:plugin:failed-late': async (heard) => {
    const setup = async () => {
      await until(20);
      throw new Error('too late');
    };
    await host(new CandidateRegistry(), { acme: () => ({ name: 'acme', setup }) }, { timeoutMs: 5 });
    await heard;
  },
  'oneiric:config:applied': (heard) => change('defaultPriority: 2\n', heard),
  'oneiric:config:problem': (heard) => change('defaultPriority: high\n', heard),
  'oneiric:attach:request': async (heard) => {
    await using application = new Application();
    await application.offer('redis');
    await application.allow();
    const attached = await application.connect();
    await attached.statuses();
    await heard;
  },
  'oneiric:listener-failed': async () => {
    const registry = new CandidateRegistry();
    using _ = registry.on('changed', () => {
      throw new Error('not my day');
    });
    await registry.registerCandidate({ domain: 'adapter', key: 'cache', factory: () => ({}) });
  },
};
