import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { KeyedLock } from '../../src/concurrency/keyed-lock.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { METRICS, type MetricName } from '../../src/telemetry/metric-catalogue.js';
import { useOpenTelemetry } from '../../src/telemetry/use-opentelemetry.js';
import { Telemetry } from './harness/telemetry.js';

describe('metrics', () => {
  let telemetry: Telemetry;
  let registry: CandidateRegistry;
  let lifecycle: LifecycleManager;
  let use: Disposable;

  /** The value of the point with these attributes among others; of a histogram how many there were. */
  const value = async (name: MetricName, attributes: Record<string, string>): Promise<unknown> => {
    const points = await telemetry.points(name);
    const found = points.filter((point) =>
      Object.entries(attributes).every(([key, wanted]) => point.attributes[key] === wanted),
    );
    return found.map((point) => (typeof point.value === 'number' ? point.value : countOf(point.value)));
  };

  beforeEach(async () => {
    telemetry = new Telemetry();
    use = useOpenTelemetry(telemetry);
    registry = new CandidateRegistry();
    lifecycle = new LifecycleManager(registry);
    const cache = {
      domain: 'adapter',
      key: 'cache',
      factory: () => ({ wait: (until: Promise<void>) => until }),
    };
    await registry.registerAll([
      { ...cache, provider: 'redis', priority: 50 },
      { ...cache, provider: 'memory' },
      { ...cache, provider: 'sick', health: () => false },
    ]);
  });

  afterEach(async () => {
    await lifecycle.close();
    use[Symbol.dispose]();
    await telemetry.close();
  });

  it('count a decision when it is made, and not when it is remembered', async () => {
    for (let times = 0; times < 5; times++) registry.resolve('adapter', 'cache');
    const decided = { 'oneiric.outcome': 'resolved', 'oneiric.decided_by': 'priority' };
    expect(await value('oneiric.decisions', decided)).toEqual([1]);
    registry.explain('adapter', 'nothing');
    expect(await value('oneiric.decisions', { 'oneiric.outcome': 'none' })).toEqual([1]);
  });

  it('count and time operations by how they ended, and failures by phase and code', async () => {
    await lifecycle.activate('adapter', 'cache');
    await lifecycle.swap('adapter', 'cache', { provider: 'memory' });
    await lifecycle.swap('adapter', 'cache', { provider: 'memory' });
    await expect(lifecycle.swap('adapter', 'cache', { provider: 'sick' })).rejects.toThrow();
    for (const [operation, outcome] of [
      ['activate', 'started'],
      ['swap', 'swapped'],
      ['swap', 'kept'],
      ['swap', 'failed'],
    ] as const) {
      const ended = { 'oneiric.operation': operation, 'oneiric.outcome': outcome };
      expect(await value('oneiric.swaps', ended)).toEqual([1]);
      expect(await value('oneiric.swap.duration', ended)).toEqual([1]);
    }
    const failed = { 'oneiric.phase': 'health', 'error.type': 'ONEIRIC_LIFECYCLE_UNHEALTHY' };
    expect(await value('oneiric.failures', failed)).toEqual([1]);
    expect(await value('oneiric.phase.duration', { 'oneiric.phase': 'build' })).toEqual([1, 2]);
  });

  it('name a foreign error by its name, as the span of its phase does', async () => {
    const factory = () => Promise.reject(new TypeError('no route to host'));
    await registry.registerCandidate({ domain: 'adapter', key: 'cache', provider: 'broken', factory });
    await expect(lifecycle.swap('adapter', 'cache', { provider: 'broken' })).rejects.toThrow();
    const failed = { 'oneiric.phase': 'build', 'error.type': 'TypeError' };
    expect(await value('oneiric.failures', failed)).toEqual([1]);
  });

  it('time how long locks are waited for and held, under names without keys', async () => {
    const lock = new KeyedLock({ name: 'tenants' });
    const began = performance.now();
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const held = lock.runExclusive('a', () => gate);
    const others = [lock.runExclusive('a', () => 1), lock.runExclusive('b', () => 1)];
    // A timer alone may ring early: it counts from when the event loop last looked at the clock.
    const asked = performance.now();
    while (performance.now() - asked < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    open();
    await Promise.all([held, ...others]);
    const named = { 'oneiric.lock': 'tenants', 'oneiric.lock.mode': 'exclusive' };
    expect(await value('oneiric.lock.wait', named)).toEqual([3]);
    expect(await value('oneiric.lock.hold', named)).toEqual([3]);
    const waits = await telemetry.points('oneiric.lock.wait');
    const [longest] = waits
      .filter((point) => point.attributes['oneiric.lock'] === 'tenants')
      .map((point) => (point.value as { max: number }).max);
    // In seconds: it waited for the 20 ms, and for no longer than all of this took.
    expect(longest).toBeGreaterThanOrEqual(0.02);
    expect(longest).toBeLessThan((performance.now() - began) / 1000);
  });

  it('observe components by state, and the calls in flight', async () => {
    await lifecycle.activate('adapter', 'cache');
    let end = (): void => undefined;
    const until = new Promise<void>((resolve) => (end = resolve));
    const call = lifecycle.live('adapter', 'cache').use(() => until);
    await Promise.resolve();
    expect(await value('oneiric.component.count', { 'oneiric.state': 'ready' })).toEqual([1]);
    expect(await value('oneiric.call.count', { 'oneiric.key': 'cache' })).toEqual([1]);
    end();
    await call;
    expect(await value('oneiric.call.count', { 'oneiric.key': 'cache' })).toEqual([0]);
    await lifecycle.close();
    expect(await value('oneiric.component.count', { 'oneiric.state': 'ready' })).toEqual([0]);
  });

  it('have the units and the attributes that their table says', async () => {
    await lifecycle.activate('adapter', 'cache');
    await expect(lifecycle.swap('adapter', 'cache', { provider: 'sick' })).rejects.toThrow();
    for (const name of Object.keys(METRICS) as MetricName[]) {
      const points = await telemetry.points(name);
      expect([name, points.length > 0, await telemetry.unit(name)]).toEqual([name, true, METRICS[name].unit]);
    }
  });

  it('end when the use of OpenTelemetry does', async () => {
    const values = () =>
      Promise.all(
        (Object.keys(METRICS) as MetricName[])
          .filter((name) => METRICS[name].kind !== 'count')
          .map((name) => value(name, {})),
      );
    const before = await values();
    use[Symbol.dispose]();
    await lifecycle.activate('adapter', 'cache');
    expect(await values()).toEqual(before);
  });
});

function countOf(value: unknown): number {
  return (value as { readonly count: number }).count;
}
