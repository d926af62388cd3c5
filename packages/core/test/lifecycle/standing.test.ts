import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { describe, expect, it } from '@jest/globals';

import { STANDING_REASONS, type StandingReason } from '../../src/lifecycle/component-status.js';
import { explainRunning } from '../../src/lifecycle/explain-running.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../../src/lifecycle/lifecycle-options.js';
import { tellStanding } from '../../src/lifecycle/lifecycle-wording.js';
import type { RunningReport } from '../../src/lifecycle/running-report.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';

const file = join(import.meta.dirname, '../../schemas/explanation.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject;
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
const validate = ajv.compile(schema);
const described = new Set([...JSON.stringify(schema).matchAll(/"(\w+)":\{/g)].map(([, name]) => name));

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function deferred<T>(): Deferred<T> {
  let [resolve, reject]: [Deferred<T>['resolve'], Deferred<T>['reject']] = [() => undefined, () => undefined];
  const promise = new Promise<T>((...ends) => {
    [resolve, reject] = ends;
  });
  return { promise, resolve, reject };
}

/** An application in which `memory` runs for adapter/cache, until something happens. */
class Application implements AsyncDisposable {
  readonly registry = new CandidateRegistry();
  readonly lifecycle: LifecycleManager;
  /** How the factory of redis ends. */
  readonly redis = deferred<object>();
  /** When it has begun. */
  readonly began = deferred<undefined>();
  /** Called before the lifecycle knows of a decision. */
  onDecision: () => void = () => undefined;

  constructor(options: LifecycleOptions) {
    this.registry.on('decision-changed', () => {
      this.onDecision();
    });
    this.lifecycle = new LifecycleManager(this.registry, options);
  }

  static async start(options: LifecycleOptions = {}): Promise<Application> {
    const application = new Application(options);
    const { registry, lifecycle } = application;
    await registry.registerAll([
      { domain: 'service', key: 'clock', provider: 'system', factory: () => ({}) },
      {
        domain: 'adapter',
        key: 'cache',
        provider: 'memory',
        inject: { clock: 'service/clock' },
        factory: () => ({ close: () => undefined }),
      },
      { domain: 'service', key: 'orders', inject: { cache: 'adapter/cache' }, factory: () => ({}) },
    ]);
    await lifecycle.activate('service', 'orders');
    return application;
  }

  /** Offers what wins over memory, and is built when the gate opens. */
  async offerRedis(priority = 50): Promise<void> {
    await this.registry.registerCandidate({
      domain: 'adapter',
      key: 'cache',
      provider: 'redis',
      version: '2.1.0',
      priority,
      factory: () => {
        this.began.resolve(undefined);
        return this.redis.promise;
      },
    });
  }

  happened(event: 'swapped' | 'failed'): Promise<unknown> {
    return new Promise((resolve) => this.lifecycle.on(event, resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.redis.resolve({});
    await this.lifecycle.close();
  }
}

/** How each reason comes about; and the words that tell it. */
const WAYS: Readonly<
  Record<
    Exclude<StandingReason, 'decided-otherwise'>,
    {
      readonly options?: LifecycleOptions;
      /** Gives the report of the moment where that does not last. */
      readonly come: (application: Application) => Promise<RunningReport | undefined>;
      readonly told: string;
    }
  >
> = {
  same: { come: () => Promise.resolve(undefined), told: 'memory runs, and wins.' },
  'not-running': {
    async come({ lifecycle }) {
      await lifecycle.deactivate('adapter', 'cache', { dependents: 'stop' });
      return undefined;
    },
    told: 'Nothing runs; memory would be started.',
  },
  'nothing-wins': {
    async come({ registry }) {
      await registry.mark(registry.require('adapter', 'cache'), 'DISABLED', 'for a test');
      return undefined;
    },
    told: 'memory runs, and nothing wins: a decision never stops what runs.',
  },
  swapping: {
    async come(application) {
      await application.offerRedis();
      await application.began.promise;
      return undefined;
    },
    told: 'memory runs, and redis 2.1.0 is being swapped in.',
  },
  paused: {
    async come(application) {
      await application.lifecycle.pause('adapter', 'cache');
      await application.offerRedis();
      return undefined;
    },
    told: 'memory runs, and redis 2.1.0 wins: what is paused is not replaced before it is resumed, unless somebody swaps it.',
  },
  failed: {
    async come(application) {
      const failed = application.happened('failed');
      application.redis.reject(new Error('connect failed', { cause: new Error('ECONNREFUSED') }));
      await application.offerRedis();
      await failed;
      return undefined;
    },
    told: 'memory runs, and redis 2.1.0 wins: it was tried, and failed.',
  },
  'failover-off': {
    async come(application) {
      const { registry } = application;
      await registry.mark(registry.require('adapter', 'cache'), 'UNHEALTHY', 'ping failed');
      await application.offerRedis(-1);
      return undefined;
    },
    told: 'memory runs, and redis 2.1.0 wins only because what runs is unhealthy: failover is switched off.',
  },
  'follow-off': {
    options: { follow: false },
    async come(application) {
      await application.offerRedis();
      return undefined;
    },
    told: 'memory runs, and redis 2.1.0 wins: following decisions is switched off, somebody has to swap it.',
  },
  chosen: {
    async come(application) {
      const swapped = application.happened('swapped');
      application.redis.resolve({});
      await application.offerRedis();
      await swapped;
      await application.lifecycle.rollback('adapter', 'cache');
      return undefined;
    },
    told: 'memory runs, and redis 2.1.0 wins: somebody swapped or rolled back, and that holds until another one wins.',
  },
  pending: {
    async come(application) {
      const seen = deferred<RunningReport>();
      application.onDecision = () => {
        seen.resolve(application.lifecycle.report('adapter', 'cache'));
      };
      await application.offerRedis();
      return await seen.promise;
    },
    told: 'memory runs, and redis 2.1.0 wins: the swap has not begun yet.',
  },
};

/** What a decision set going has ended. */
async function untilIdle({ lifecycle }: Application): Promise<void> {
  do await new Promise(setImmediate);
  while (lifecycle.status('adapter', 'cache').operation !== null);
}

describe('why another one runs than the one that wins', () => {
  it.each(Object.entries(WAYS))('is told: %s', async (reason, { options, come, told }) => {
    await using application = await Application.start(options);
    const { registry, lifecycle } = application;
    const seen = await come(application);
    if (seen === undefined && reason !== 'swapping') await untilIdle(application);
    const report = seen ?? lifecycle.report('adapter', 'cache');
    expect([report.running.reason, tellStanding(report.running)]).toEqual([reason, told]);
    const form: unknown = JSON.parse(
      JSON.stringify(explainRunning(registry.explain('adapter', 'cache'), report)),
    );
    expect([validate(form), validate.errors]).toEqual([true, null]);
    const known = new Set([...described, ...Object.keys(report.lifecycle.durations), 'by']);
    expect([...namesIn(form)].filter((name) => !known.has(name))).toEqual([]);
  });

  it('has a way for every reason', () => {
    expect([...Object.keys(WAYS), 'decided-otherwise'].sort()).toEqual([...STANDING_REASONS].sort());
  });
});

function namesIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, item] of Object.entries(value)) {
    if (!Array.isArray(value)) found.add(name);
    namesIn(item, found);
  }
  return found;
}
