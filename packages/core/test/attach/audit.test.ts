import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { userInfo } from 'node:os';
import { describe, expect, it } from '@jest/globals';

import { logTo } from '../../src/telemetry/log-to.js';
import { failureOf, shop } from './an-application.js';

const CHANNEL = 'oneiric:attach:request';

/** Everything that is told of requests, until it is disposed. */
function audit() {
  const told: Record<string, unknown>[] = [];
  let look = (): void => undefined;
  const listen = (message: unknown): void => {
    told.push(message as Record<string, unknown>);
    look();
  };
  subscribe(CHANNEL, listen);
  return {
    told,
    /** A request is told after it was answered, so that its reader may be sooner. */
    async of(count: number) {
      while (told.length < count) await new Promise<void>((resolve) => (look = resolve));
      return told;
    },
    [Symbol.dispose]: () => unsubscribe(CHANNEL, listen),
  };
}

describe('the diagnostics channel oneiric:attach:request', () => {
  it('tells who asked what, and how it ended', async () => {
    await using app = await shop();
    await app.allow();
    const there = await app.connect();
    using log = audit();
    await there.swap('adapter', 'cache', { provider: 'redis' });
    await failureOf(there.swap('adapter', 'cache', { provider: 'nobody' }));
    await there.pause('adapter', 'cache', { reason: 'password=hunter2' });
    const client = expect.stringMatching(
      new RegExp(`^@oneiric/core/.* \\(pid ${process.pid}, user ${userInfo().username}\\)$`),
    );
    const subject = { domain: 'adapter', key: 'cache' };
    const common = { lifecycle: app.lifecycle, client, durationMs: expect.any(Number) };
    expect(await log.of(3)).toEqual([
      { ...common, request: 'POST /v1/swap', parameters: { ...subject, provider: 'redis' }, code: null },
      {
        ...common,
        request: 'POST /v1/swap',
        parameters: { ...subject, provider: 'nobody' },
        code: 'ONEIRIC_RESOLUTION_NONE',
      },
      {
        ...common,
        request: 'POST /v1/pause',
        parameters: { ...subject, reason: 'password=[redacted]' },
        code: null,
      },
    ]);
    expect(log.told.every((message) => Object.isFrozen(message))).toBe(true);
  });

  it('tells a stream of events when it is over', async () => {
    await using app = await shop();
    const server = await app.allow();
    const there = await app.connect();
    using log = audit();
    const events = there.events()[Symbol.asyncIterator]();
    await events.next();
    const last = failureOf(events.next());
    await server.close();
    await last;
    expect(await log.of(1)).toMatchObject([{ request: 'GET /v1/events', code: 'ONEIRIC_ATTACH_CLOSED' }]);
  });

  it('tells of no failure where who listens to events leaves', async () => {
    await using app = await shop();
    await app.allow();
    const there = await app.connect();
    using log = audit();
    const leave = new AbortController();
    const events = there.events({}, leave.signal)[Symbol.asyncIterator]();
    await events.next();
    const last = failureOf(events.next());
    leave.abort();
    await last;
    expect(await log.of(1)).toMatchObject([{ request: 'GET /v1/events', code: null }]);
  });
});

describe('the log', () => {
  it('has what an operator changes as information, a refusal as a warning, and what only looks for debugging', async () => {
    await using app = await shop();
    await app.allow();
    const there = await app.connect();
    const lines: (readonly [level: string, text: string])[] = [];
    using log = audit();
    const at = (level: string) => (data: object, text: string) => {
      if ((data as { event?: unknown }).event === CHANNEL)
        lines.push([level, text.replace(/^.* asked for /, '')]);
    };
    const logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
    using _ = logTo(logger, { lifecycle: app.lifecycle });
    await there.statuses();
    await there.snapshot();
    await there.probe();
    await there.pause('adapter', 'cache');
    await failureOf(there.swap('adapter', 'cache', { provider: 'nobody' }));
    await log.of(5);
    expect(lines).toEqual([
      ['debug', 'GET /v1/statuses'],
      ['debug', 'GET /v1/snapshot'],
      ['debug', 'GET /v1/probe'],
      ['info', 'POST /v1/pause'],
      ['warn', 'POST /v1/swap: ONEIRIC_RESOLUTION_NONE'],
    ]);
  });
});
