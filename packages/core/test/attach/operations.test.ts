import { describe, expect, it } from '@jest/globals';

import type { AttachedProcess } from '../../src/attach/attached-process.js';
import type { AttachEvent } from '../../src/attach/attach-event.js';
import { failureOf as errorOfLinks } from '../../src/attach/wire-error.js';
import { OneiricError } from '../../src/errors/oneiric-error.js';
import { failureChain } from '../../src/lifecycle/failure-chain.js';
import { renderSwapReport } from '../../src/lifecycle/render-plan.js';
import { type Application, failureOf, shop } from './an-application.js';

const AT = ['adapter', 'cache'] as const;
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function attached(app: Application): Promise<AttachedProcess> {
  await app.allow({ name: 'shop' });
  return await app.connect();
}

describe('an attached process', () => {
  it('says who it is', async () => {
    await using app = await shop();
    const { info } = await attached(app);
    expect(info).toEqual({
      pid: process.pid,
      name: 'shop',
      socket: expect.stringContaining(app.directory),
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      cwd: process.cwd(),
      node: process.versions.node,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      protocol: 1,
    });
    expect(Date.parse(info.startedAt)).toBeLessThan(Date.now());
  });

  it('tells the same as the methods of its lifecycle, as frozen plain data', async () => {
    await using app = await shop();
    await app.offer('sql', { key: 'orders', inject: { cache: 'adapter/cache' } });
    await app.lifecycle.activate('adapter', 'orders');
    const there = await attached(app);
    const steady = (status: object): unknown => ({ ...(plain(status) as object), boundForMs: 0 });
    expect((await there.statuses()).map(steady)).toEqual(app.lifecycle.statuses().map(steady));
    expect(await there.plan(...AT, { provider: 'redis' })).toEqual(
      plain(app.lifecycle.plan(...AT, { provider: 'redis' })),
    );
    const [own, theirs] = [app.lifecycle.report(...AT), await there.report(...AT)];
    expect({ ...theirs, lifecycle: steady(theirs.lifecycle) }).toEqual({
      ...(plain(own) as object),
      lifecycle: steady(own.lifecycle),
    });
    expect([Object.isFrozen(theirs), Object.isFrozen(theirs.lifecycle)]).toEqual([true, true]);
  });

  it('tells statuses by domain and key', async () => {
    await using app = await shop();
    await app.offer('sql', { domain: 'service', key: 'orders' });
    await app.lifecycle.activate('service', 'orders');
    await app.offer('x', { domain: 'service', key: 'idle' });
    const there = await attached(app);
    const keys = async (filter?: object): Promise<string[]> =>
      (await there.statuses(filter)).map(({ domain, key }) => `${domain}/${key}`);
    expect(await keys()).toEqual(['adapter/cache', 'service/orders']);
    expect(await keys({ domain: 'service' })).toEqual(['service/orders']);
    expect(await keys({ key: 'cache' })).toEqual(['adapter/cache']);
    expect(await keys({ domain: 'service', key: 'idle' })).toEqual(['service/idle']);
    expect(await keys({ domain: 'service', key: 'nobody' })).toEqual([]);
    expect(app.lifecycle.statuses().map(({ key }) => key)).not.toContain('nobody');
  });

  it('is not changed by who asks after what nobody offers', async () => {
    await using app = await shop();
    const there = await attached(app);
    const before = app.lifecycle.statuses().map(({ key }) => key);
    const at = ['adapter', 'cash'] as const;
    await there.report(...at);
    for (const asked of [there.plan(...at), there.swap(...at), there.rollback(...at), there.pause(...at)])
      expect(await failureOf(asked)).toBeInstanceOf(OneiricError);
    await there.resume(...at);
    await there.probe({ domain: 'adapter', key: 'cash' });
    expect(app.lifecycle.statuses().map(({ key }) => key)).toEqual(before);
  });

  it('gives its registry, which decides here as there, with the same fingerprints', async () => {
    await using app = await shop();
    await app.registry.select(...AT, 'redis');
    const snapshot = await (await attached(app)).snapshot();
    const there = app.registry.explain(...AT);
    const here = snapshot.explain(...AT);
    expect(here.fingerprint).toBe(there.fingerprint);
    expect(here.winner?.provider).toBe('redis');
    expect(snapshot.revision).toBe(app.registry.revision);
  });

  it('goes on with its own work while a large registry is told', async () => {
    await using app = await shop();
    const offers = Array.from({ length: 1000 }, (_, index) => ({
      ...{ domain: 'adapter', key: `k${index}`, provider: 'redis' },
      factory: () => ({}),
    }));
    await app.registry.registerAll(offers);
    await app.allow();
    const there = await app.connect();
    let turns = 0;
    let isOver = false;
    const work = (): void => {
      turns++;
      if (!isOver) setImmediate(work);
    };
    work();
    const snapshot = await there.snapshot();
    isOver = true;
    expect(snapshot.keys()).toHaveLength(1001);
    expect(turns).toBeGreaterThan(40);
  });

  it('swaps, tells each phase on the way, and reports', async () => {
    await using app = await shop();
    await app.offer('redis', { version: '2.1.0', health: () => true });
    const there = await attached(app);
    const events: AttachEvent[] = [];
    const report = await there.swap(...AT, { provider: 'redis', onEvent: (event) => events.push(event) });
    expect(report).toMatchObject({
      outcome: 'swapped',
      from: { provider: 'memory', version: null },
      to: { provider: 'redis', version: '2.1.0' },
      problems: [],
      isComplete: true,
    });
    const told = events.flatMap((each) => (each.event === 'phase' ? [`${each.phase} ${each.state}`] : []));
    expect(told).toEqual(
      ['build', 'health', 'drain', 'cleanup'].flatMap((phase) => [`${phase} began`, `${phase} ended`]),
    );
    expect(app.closed).toEqual([
      ['memory', 1],
      ['redis', 0],
    ]);
    expect(await there.rollback(...AT)).toMatchObject({ outcome: 'swapped', to: { provider: 'memory' } });
    expect(await there.swap(...AT)).toMatchObject({ outcome: 'kept' });
  });

  it('tells a swap that waits what it waits for, when its turn comes, and only its own phases', async () => {
    await using app = await shop();
    let finish = (): void => undefined;
    const built = new Promise<void>((resolve) => (finish = resolve));
    await app.offer('slow', { factory: () => built.then(() => app.thing('slow')) });
    await app.offer('brisk');
    const there = await attached(app);
    let begin = (): void => undefined;
    const building = new Promise<void>((resolve) => (begin = resolve));
    const first = there.swap(...AT, {
      provider: 'slow',
      onEvent: ({ event }) => {
        if (event === 'phase') begin();
      },
    });
    await building;
    const events: AttachEvent[] = [];
    const second = there.swap(...AT, {
      provider: 'brisk',
      onEvent: (event) => {
        events.push(event);
        if (event.event === 'waiting') finish();
      },
    });
    await Promise.all([first, second]);
    expect(events[0]).toMatchObject({
      event: 'waiting',
      operation: 'swap',
      phase: 'build',
      provider: 'slow',
    });
    const begun = events.findIndex(({ event }) => event === 'begun');
    expect(events[begun]).toMatchObject({ running: { provider: 'slow' }, swaps: 1 });
    expect(new Set(events.slice(0, begun).map(({ event }) => event))).toEqual(new Set(['waiting']));
    expect(events.slice(begun + 1)[0]).toMatchObject({ event: 'phase', phase: 'build', provider: 'brisk' });
  });

  it('tells what failed after the new one was bound as chains, which reports print as there', async () => {
    await using app = await shop();
    const close = (): never => {
      throw new RangeError('socket in use', { cause: new Error('EBUSY, password=hunter2') });
    };
    await app.offer('old', { priority: 20, factory: () => ({ close }) });
    await app.lifecycle.swap(...AT);
    const there = await attached(app);
    const report = await there.swap(...AT, { provider: 'redis' });
    const { lastSwap } = app.lifecycle.status(...AT);
    expect(report.problems).toEqual(plain(lastSwap?.problems));
    expect(JSON.stringify(report)).not.toContain('hunter2');
    const problems = report.problems.map((links) => errorOfLinks(links));
    expect(problems.map((problem) => failureChain(problem))).toEqual(plain(lastSwap?.problems));
    expect(renderSwapReport({ ...report, problems })).toContain('RangeError: socket in use');
  });

  it('pauses, drains and resumes, and gives the status after it', async () => {
    await using app = await shop();
    const there = await attached(app);
    expect(await there.pause(...AT, { reason: 'maintenance' })).toMatchObject({ state: 'paused' });
    expect(JSON.stringify(app.registry.explain(...AT))).toContain('maintenance');
    expect(await there.drain(...AT)).toMatchObject({ state: 'paused', inFlight: 0 });
    expect(await there.resume(...AT)).toMatchObject({ state: 'ready' });
  });

  it('probes everything that runs or failed to start, side by side, and says why one cannot be asked', async () => {
    await using app = await shop();
    await app.offer('sql', {
      key: 'orders',
      health: () => {
        throw new Error('no disk, token=abc123');
      },
    });
    await app.offer('idle', { key: 'idle' });
    const there = await attached(app);
    expect((await there.probe()).map(({ key }) => key)).toEqual(['cache']);
    await app.offer('well', { key: 'well', health: () => true });
    await app.lifecycle.activate('adapter', 'well');
    expect(await there.probe({ domain: 'adapter' })).toMatchObject([
      { key: 'cache', report: { isHealthy: true, error: null } },
      { key: 'well', report: { isHealthy: true, error: null } },
    ]);
    const [idle] = await there.probe({ domain: 'adapter', key: 'idle' });
    expect(idle).toMatchObject({ report: null, error: { code: 'ONEIRIC_LIFECYCLE_NOT_ACTIVE' } });
    await app.lifecycle.activate('adapter', 'orders').catch(() => undefined);
    expect((await there.probe({ domain: 'adapter' })).map(({ key, error }) => [key, error?.code])).toEqual([
      ['cache', undefined],
      ['orders', 'ONEIRIC_LIFECYCLE_NOT_ACTIVE'],
      ['well', undefined],
    ]);
  });

  it('tells how a probe failed as a chain without secrets', async () => {
    await using app = await shop();
    let isWell = true;
    const health = (): boolean => {
      if (!isWell) throw new Error('no disk, token=abc123');
      return true;
    };
    await app.offer('sql', { key: 'orders', health });
    await app.lifecycle.activate('adapter', 'orders');
    isWell = false;
    const [probe] = await (await attached(app)).probe({ key: 'orders' });
    expect(probe).toMatchObject({ report: { isHealthy: false, error: expect.any(Array) } });
    expect(JSON.stringify(probe)).toContain('no disk');
    expect(JSON.stringify(probe)).not.toContain('abc123');
  });

  it('does what it is asked outside of the transaction that it was allowed in', async () => {
    await using app = await shop();
    const paused = await app.registry.transaction(async () => {
      const there = await attached(app);
      // Its mark waits for the end of the transaction.
      return { status: there.pause(...AT) };
    });
    expect(await paused.status).toMatchObject({ state: 'paused' });
  });
});

describe('a failure there', () => {
  it.each([
    ['an unknown key', 'ONEIRIC_RESOLUTION_NONE', (p: AttachedProcess) => p.swap('adapter', 'cahce')],
    [
      'an unknown provider',
      'ONEIRIC_RESOLUTION_NONE',
      (p: AttachedProcess) => p.plan(...AT, { provider: 'r' }),
    ],
    ['an unlawful name', 'ONEIRIC_REGISTRY_NAME_INVALID', (p: AttachedProcess) => p.report('a/b', 'c')],
    [
      'a name of Object.prototype',
      'ONEIRIC_REGISTRY_NAME_INVALID',
      (p: AttachedProcess) => p.swap('__proto__', 'x'),
    ],
    ['an empty name', 'ONEIRIC_REGISTRY_NAME_INVALID', (p: AttachedProcess) => p.pause('', '')],
    ['what does not run', 'ONEIRIC_LIFECYCLE_NOT_ACTIVE', (p: AttachedProcess) => p.pause('adapter', 'nope')],
    ['no good provider', 'ONEIRIC_LIFECYCLE_NO_ROLLBACK', (p: AttachedProcess) => p.rollback(...AT)],
  ] as const)(
    'for %s has the code, the message and the details that it has there',
    async (_what, code, ask) => {
      await using app = await shop();
      const there = await attached(app);
      const own = await failureOf((async () => ask(app.lifecycle as unknown as AttachedProcess))());
      const theirs = await failureOf(ask(there));
      expect(OneiricError.is(theirs, code)).toBe(true);
      const { message, details } = own as OneiricError;
      expect(theirs).toMatchObject({ code, message, details: plain(details) });
    },
  );

  it('has the chain of causes that it has there, without secrets', async () => {
    await using app = await shop();
    await app.offer('broken', {
      factory: () => {
        throw new TypeError('cannot connect to redis://root:hunter2@db', { cause: new Error('refused') });
      },
    });
    const there = await attached(app);
    const theirs = await failureOf(there.swap(...AT, { provider: 'broken' }));
    const own = await failureOf(app.lifecycle.swap(...AT, { provider: 'broken' }));
    expect(theirs).toMatchObject({ code: 'ONEIRIC_LIFECYCLE_FAILED', details: { serving: 'memory' } });
    expect(failureChain(theirs)).toEqual(failureChain(own));
    expect(failureChain(theirs)).toHaveLength(3);
    expect(JSON.stringify([theirs, failureChain(theirs)])).not.toContain('hunter2');
  });

  it('that is none of Oneiric is told as such', async () => {
    await using app = await shop();
    const there = await attached(app);
    Object.defineProperty(app.lifecycle, 'report', {
      value: () => {
        throw new SyntaxError('oops, api_key=abc');
      },
    });
    const error = await failureOf(there.report(...AT));
    expect(error).toMatchObject({
      code: 'ONEIRIC_ATTACH_FAILED',
      details: { request: 'GET /v1/report', reason: 'SyntaxError: oops, api_key=[redacted]' },
    });
    expect(failureChain(error)[1]).toEqual({ message: 'SyntaxError: oops, api_key=[redacted]' });
  });
});

describe('arguments of an attached process', () => {
  it.each([
    ['swap', ['adapter', 'cache', { providr: 'redis' }], 'Did you mean "provider"?'],
    ['swap', ['adapter', 'cache', { provider: 1 }], 'provider is 1'],
    ['swap', ['adapter', 'cache', { onEvent: 1 }], 'onEvent is 1'],
    ['swap', ['adapter', 'cache', { signal: {} }], 'signal is'],
    ['swap', ['adapter', 'cache', null], 'options is null'],
    ['swap', ['adapter'], 'key is undefined'],
    ['swap', [{ domain: 'adapter', key: 'cache' }], 'domain is an object'],
    ['rollback', ['adapter', 'cache', { provider: 'redis' }], 'options is'],
    ['pause', ['adapter', 'cache', { reason: 1 }], 'reason is 1'],
    ['drain', ['adapter', 'cache', { why: '' }], 'options is'],
    ['resume', ['adapter'], 'key is undefined'],
    ['plan', ['adapter', 'cache', { provider: null }], 'provider is null'],
    ['report', [1, 2], 'domain is 1'],
    ['statuses', [{ keyy: 'x' }], 'Did you mean "key"?'],
    ['statuses', ['adapter'], 'options is "adapter"'],
    ['probe', [{ key: 1 }], 'key is 1'],
  ] as const)('are checked before anything is sent: %s%j', async (method, values, says) => {
    await using app = await shop();
    const there = await attached(app);
    const before = app.lifecycle.status(...AT).running;
    const call = (there[method] as (...values: readonly unknown[]) => Promise<unknown>).apply(there, [
      ...values,
    ]);
    await expect(call).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_OPTION_INVALID',
      message: expect.stringContaining(says),
    });
    expect(app.lifecycle.status(...AT).running).toEqual(before);
  });
});
