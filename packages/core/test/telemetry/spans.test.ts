import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { CandidateInput } from '../../src/decision/candidate.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { useOpenTelemetry } from '../../src/telemetry/use-opentelemetry.js';
import { spanTree, tellFailure } from './harness/span-tree.js';
import { Telemetry } from './harness/telemetry.js';

describe('spans', () => {
  let telemetry: Telemetry;
  let registry: CandidateRegistry;
  let lifecycle: LifecycleManager;
  let use: Disposable;
  const hooks = { preSwap: (): Promise<void> => Promise.resolve() };

  /** A cache that opens a connection in a span of its own, and needs a database. */
  const cache = (provider: string, more: Partial<CandidateInput> = {}): CandidateInput => ({
    domain: 'adapter',
    key: 'cache',
    provider,
    inject: { db: 'adapter/db' },
    factory: () => telemetry.inSpan(`connect ${provider}`, () => Promise.resolve({ provider })),
    health: () => telemetry.inSpan(`ping ${provider}`, () => Promise.resolve(true)),
    ...more,
  });

  beforeEach(async () => {
    telemetry = new Telemetry();
    use = useOpenTelemetry(telemetry);
    hooks.preSwap = () => telemetry.inSpan('warm up', () => Promise.resolve());
    registry = new CandidateRegistry();
    lifecycle = new LifecycleManager(registry, {
      hooks: { preSwap: () => hooks.preSwap(), postSwap: () => undefined },
    });
    await registry.registerAll([
      { domain: 'adapter', key: 'db', provider: 'pg', factory: () => ({}) },
      cache('redis', {
        priority: 50,
        version: '2.1.0',
        handover: () => telemetry.inSpan('carry over', () => Promise.resolve()),
      }),
      cache('memory', { priority: 60 }),
      cache('sick', { health: () => false }),
    ]);
  });

  afterEach(async () => {
    await lifecycle.close();
    use[Symbol.dispose]();
    await telemetry.close();
  });

  it('are one tree for a start: decision, what is injected, build and health, with those of the application inside', async () => {
    await telemetry.inSpan('GET /', () => lifecycle.activate('adapter', 'cache'));
    expect(spanTree(telemetry.spans)).toEqual([
      'GET /',
      '  oneiric.activate',
      '    oneiric.decision',
      '    oneiric.activate',
      '      oneiric.decision',
      '      oneiric.build',
      '    oneiric.build',
      '      connect memory',
      '    oneiric.health',
      '      ping memory',
    ]);
  });

  it('are one tree for a swap: decision, activation, health, handover, hooks, drain and cleanup', async () => {
    await lifecycle.activate('adapter', 'cache');
    telemetry.forget();
    await telemetry.inSpan('POST /swap', () => lifecycle.swap('adapter', 'cache', { provider: 'redis' }));
    expect(spanTree(telemetry.spans)).toEqual([
      'POST /swap',
      '  oneiric.swap',
      '    oneiric.decision',
      '    oneiric.activate',
      '      oneiric.build',
      '        connect redis',
      '      oneiric.health',
      '        ping redis',
      '    oneiric.handover',
      '      carry over',
      '    oneiric.pre_swap',
      '      warm up',
      '    oneiric.drain',
      '    oneiric.cleanup',
      '    oneiric.post_swap',
    ]);
    expect(new Set(telemetry.spans.map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  it('say whom they are about, who ran before, and what decided', async () => {
    await lifecycle.activate('adapter', 'cache');
    telemetry.forget();
    await registry.select('adapter', 'cache', 'redis');
    await lifecycle.swap('adapter', 'cache');
    const of = (name: string) => telemetry.spans.find((span) => span.name === name)?.attributes;
    expect(of('oneiric.swap')).toMatchObject({
      'oneiric.domain': 'adapter',
      'oneiric.key': 'cache',
      'oneiric.provider': 'redis',
      'oneiric.provider.version': '2.1.0',
      'oneiric.provider.previous': 'memory',
      'oneiric.outcome': 'swapped',
    });
    expect(of('oneiric.decision')).toMatchObject({
      'oneiric.provider': 'redis',
      'oneiric.decided_by': 'selection',
      'oneiric.outcome': 'resolved',
      'oneiric.fingerprint': registry.explain('adapter', 'cache').fingerprint,
    });
    expect(of('oneiric.drain')).toMatchObject({ 'oneiric.provider': 'memory', 'oneiric.calls.in_flight': 0 });
  });

  it('fail where a health check says no, and further out, each with its code', async () => {
    await lifecycle.activate('adapter', 'cache');
    telemetry.forget();
    await expect(lifecycle.swap('adapter', 'cache', { provider: 'sick' })).rejects.toThrow();
    expect(spanTree(telemetry.spans, tellFailure)).toEqual([
      'oneiric.swap ERROR ONEIRIC_LIFECYCLE_FAILED',
      '  oneiric.decision',
      '  oneiric.activate ERROR ONEIRIC_LIFECYCLE_UNHEALTHY',
      '    oneiric.build',
      '      connect sick',
      '    oneiric.health ERROR ONEIRIC_LIFECYCLE_UNHEALTHY',
      '  oneiric.cleanup',
    ]);
    const swap = telemetry.spans.find(({ name }) => name === 'oneiric.swap');
    expect(swap?.attributes).toMatchObject({
      'oneiric.provider': 'sick',
      'oneiric.provider.previous': 'memory',
      'oneiric.outcome': 'failed',
    });
  });

  it('record an exception once, where it was thrown', async () => {
    const factory = () => Promise.reject(new TypeError('no route to host'));
    await registry.registerCandidate(cache('broken', { factory }));
    await expect(lifecycle.swap('adapter', 'cache', { provider: 'broken' })).rejects.toThrow();
    const recorded = telemetry.spans.flatMap(({ name, events, attributes }) =>
      events.map((event) => [name, event.name, attributes['error.type']]),
    );
    expect(recorded).toEqual([['oneiric.build', 'exception', 'TypeError']]);
  });

  it('make what follows a commit a child of what committed, and link what else asked for it meanwhile', async () => {
    await lifecycle.activate('adapter', 'cache');
    telemetry.forget();
    const parked = new Parked();
    hooks.preSwap = () => parked.here();
    const busy = lifecycle.swap('adapter', 'cache', { provider: 'redis' });
    await parked.reached;
    // The key is busy: what follows waits, and only looks once.
    await telemetry.inSpan('first PUT', () => registry.select('adapter', 'cache', 'sick'));
    await telemetry.inSpan('second PUT', () => registry.select('adapter', 'cache', 'memory'));
    const followed = new Promise<void>((resolve) => {
      lifecycle.on('swapped', ({ to }) => {
        if (to?.provider === 'memory') resolve();
      });
    });
    parked.leave();
    await busy;
    await followed;
    await lifecycle.resume('adapter', 'cache');
    const span = (name: string) => telemetry.spans.find((each) => each.name === name);
    const swap = telemetry.spans.find(
      ({ attributes }) =>
        attributes['oneiric.operation'] === 'follow' && attributes['oneiric.outcome'] === 'swapped',
    );
    expect(swap?.parentSpanContext?.spanId).toBe(span('first PUT')?.spanContext().spanId);
    expect(swap?.links.map((link) => link.context.spanId)).toEqual([
      span('second PUT')?.spanContext().spanId,
    ]);
  });

  it('are no children of the request in which a lifecycle was made, where a timer probes', async () => {
    telemetry.forget();
    await telemetry.inSpan('main', async () => {
      await using probing = new LifecycleManager(registry, { probe: { intervalMs: 10 } });
      await probing.activate('adapter', 'db');
      while (!telemetry.spans.some(({ name }) => name === 'oneiric.probe')) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    const probe = telemetry.spans.find(({ name }) => name === 'oneiric.probe');
    expect(probe?.parentSpanContext).toBeUndefined();
  });

  it('end when the use of OpenTelemetry does', async () => {
    use[Symbol.dispose]();
    await lifecycle.activate('adapter', 'cache');
    expect(telemetry.spans.map(({ name }) => name)).toEqual(['connect memory', 'ping memory']);
  });

  it('go where the last call says, and back when that is disposed', async () => {
    const other = new Telemetry();
    const inner = useOpenTelemetry(other);
    await lifecycle.activate('adapter', 'db');
    inner[Symbol.dispose]();
    const before = other.spans.length;
    await lifecycle.deactivate('adapter', 'db');
    expect([before > 0, other.spans.length]).toEqual([true, before]);
    expect(telemetry.spans.map(({ name }) => name)).toContain('oneiric.deactivate');
    await other.tracerProvider.shutdown();
    await other.meterProvider.shutdown();
  });
});

/** A place where a hook stays until it is told to leave. */
class Parked {
  leave: () => void = () => undefined;
  #arrive: () => void = () => undefined;
  readonly reached = new Promise<void>((resolve) => (this.#arrive = resolve));
  readonly #left = new Promise<void>((resolve) => (this.leave = resolve));

  here(): Promise<void> {
    this.#arrive();
    return this.#left;
  }
}
