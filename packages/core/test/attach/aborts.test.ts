import { once } from 'node:events';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';

import type { AttachEvent } from '../../src/attach/attach-event.js';
import type {} from '../../src/attach/attach-channels.js';
import type { ChannelMessages } from '../../src/observability/channels.js';
import { PHASES, type Phase } from '../../src/lifecycle/phase.js';
import { Application, failureOf } from './an-application.js';

const AT = ['adapter', 'cache'] as const;

/** One phase of its swaps takes until it is let go, or its signal is aborted. */
class SlowShop extends Application {
  readonly #waiting = new Set<() => void>();
  #held: Phase | undefined;
  /** Resolves when the held phase has begun. */
  reached: Promise<void> = Promise.resolve();

  constructor() {
    super({ hooks: { preSwap: () => this.pass('preSwap'), postSwap: () => this.pass('postSwap') } });
  }

  async hold(phase: Phase): Promise<void> {
    this.#held = phase;
    this.reached = new Promise((resolve) => {
      this.lifecycle.on('phase', (event) => {
        if (event.phase === phase && event.state === 'began') resolve();
      });
    });
    if (phase !== 'drain') return;
    const isBusy = new Promise<void>((resolve) => {
      void this.lifecycle.live(...AT).use(() => {
        resolve();
        return this.pass('drain');
      });
    });
    await isBusy;
  }

  pass(phase: Phase, signal?: AbortSignal): Promise<void> {
    if (phase !== this.#held) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve);
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }

  goOn(): void {
    this.#held = undefined;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  /** With a handover calls end before it, so that none is left to drain. */
  async open(hasHandover = false): Promise<void> {
    for (const [provider, priority] of [
      ['redis', 1],
      ['memory', 2],
    ] as const) {
      await this.offer(provider, {
        priority,
        factory: async ({ signal }) => {
          await this.pass('build', signal);
          const thing = this.thing(provider);
          const close = thing.close.bind(thing);
          return Object.assign(thing, { close: () => this.pass('cleanup').then(close) });
        },
        health: () => this.pass('health').then(() => true),
        ...(hasHandover ? { handover: (_from, _to, { signal }) => this.pass('handover', signal) } : {}),
      });
    }
    await this.lifecycle.activate(...AT);
  }

  /** Resolves when nothing is being done to the key any more. */
  async settled(): Promise<void> {
    while (
      this.lifecycle.status(...AT).operation !== null ||
      this.lifecycle.status(...AT).retiring.length > 0
    )
      await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Resolves when a request of this kind is over in the process, with the code that it ended with. */
function over(request: string): Promise<string | null> {
  return new Promise((resolve) => {
    const listen = (message: unknown): void => {
      const told = message as ChannelMessages['oneiric:attach:request'];
      if (told.request !== request) return;
      unsubscribe('oneiric:attach:request', listen);
      resolve(told.code);
    };
    subscribe('oneiric:attach:request', listen);
  });
}

const BEFORE_BIND: readonly Phase[] = ['build', 'health', 'handover', 'preSwap'];

describe('a client that goes away', () => {
  it.each(PHASES)('at %s of a swap leaves a component that serves, and nothing half-done', async (phase) => {
    await using app = new SlowShop();
    await app.open(phase === 'handover');
    await app.allow();
    const there = await app.connect();
    await app.hold(phase);
    const isOver = over('POST /v1/swap');
    const controller = new AbortController();
    const reason = new Error('ctrl-c');
    const failure = await failureOf(
      there.swap(...AT, {
        provider: 'redis',
        signal: controller.signal,
        onEvent(event) {
          if (event.event === 'phase' && event.phase === phase && event.state === 'began')
            controller.abort(reason);
        },
      }),
    );
    expect(failure).toBe(reason);
    const isBound = !BEFORE_BIND.includes(phase);
    // After the binding the wait ends with a report, that nobody is there to read.
    expect(await isOver).toBe(isBound ? null : 'ONEIRIC_ATTACH_LOST');
    app.goOn();
    await app.settled();
    const serving = isBound ? 'redis' : 'memory';
    expect(app.lifecycle.status(...AT)).toMatchObject({ state: 'ready', running: { provider: serving } });
    expect(app.closed.filter(([, times]) => times === 0)).toEqual([[serving, 0]]);
    expect(Math.max(...app.closed.map(([, times]) => times))).toBeLessThanOrEqual(1);
    expect(await there.swap(...AT, { provider: isBound ? 'memory' : 'redis' })).toMatchObject({
      outcome: 'swapped',
    });
  });

  it('without a word, by its socket being cut, is the same', async () => {
    await using app = new SlowShop();
    await app.open();
    const { socket } = await app.allow();
    await app.hold('build');
    const isOver = over('POST /v1/swap');
    const raw = connect(socket);
    const body = JSON.stringify({ domain: 'adapter', key: 'cache', provider: 'redis' });
    raw.write(`POST /v1/swap HTTP/1.1\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    await app.reached;
    raw.destroy();
    expect(await isOver).toBe('ONEIRIC_ATTACH_LOST');
    expect(app.lifecycle.status(...AT)).toMatchObject({ state: 'ready', running: { provider: 'memory' } });
  });

  it('while its swap waits for another one leaves the queue', async () => {
    await using app = new SlowShop();
    await app.open();
    await app.allow();
    const there = await app.connect();
    await app.hold('build');
    const first = app.lifecycle.swap(...AT, { provider: 'redis' });
    await app.reached;
    const isOver = over('POST /v1/swap');
    const controller = new AbortController();
    const reason = new Error('ctrl-c');
    const second = failureOf(there.swap(...AT, { provider: 'memory', signal: controller.signal }));
    await there.statuses();
    controller.abort(reason);
    expect(await second).toBe(reason);
    expect(await isOver).toBe('ONEIRIC_ATTACH_LOST');
    app.goOn();
    expect(await first).toMatchObject({ outcome: 'swapped' });
    expect(app.lifecycle.status(...AT).running?.provider).toBe('redis');
  });

  it('while it drains leaves it paused, which a resume ends', async () => {
    await using app = new SlowShop();
    await app.open();
    await app.allow();
    let letGo = (): void => undefined;
    const call = app.lifecycle.live(...AT).use(() => new Promise<void>((resolve) => (letGo = resolve)));
    const there = await app.connect();
    const controller = new AbortController();
    const drain = failureOf(there.drain(...AT, { signal: controller.signal }));
    while (app.lifecycle.status(...AT).state !== 'draining') await new Promise((go) => setImmediate(go));
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await drain).toBe(reason);
    await app.settled();
    expect(app.lifecycle.status(...AT).state).toBe('paused');
    letGo();
    await call;
    expect(await (await app.connect()).resume(...AT)).toMatchObject({ state: 'ready' });
  });

  it('by what its own listener throws gets that, and the swap is undone', async () => {
    await using app = new SlowShop();
    await app.open();
    await app.allow();
    const there = await app.connect();
    await app.hold('build');
    const isOver = over('POST /v1/swap');
    const thrown = new Error('mine');
    const onEvent = (): never => {
      throw thrown;
    };
    expect(await failureOf(there.swap(...AT, { provider: 'redis', onEvent }))).toBe(thrown);
    expect(await isOver).toBe('ONEIRIC_ATTACH_LOST');
    expect(app.lifecycle.status(...AT).running?.provider).toBe('memory');
  });
});

describe('closing the server', () => {
  it('undoes a swap that is not bound, and tells who waits', async () => {
    await using app = new SlowShop();
    await app.open();
    const server = await app.allow();
    const there = await app.connect();
    await app.hold('build');
    const swap = failureOf(there.swap(...AT, { provider: 'redis' }));
    await app.reached;
    await server.close();
    expect(await swap).toMatchObject({ code: 'ONEIRIC_ATTACH_CLOSED' });
    await app.settled();
    expect(app.lifecycle.status(...AT).running?.provider).toBe('memory');
    expect(await failureOf(there.statuses())).toMatchObject({ code: 'ONEIRIC_ATTACH_LOST' });
  });

  it('ends streams of events, and tells who listens', async () => {
    await using app = new SlowShop();
    await app.open();
    const server = await app.allow();
    const there = await app.connect();
    const events = there.events()[Symbol.asyncIterator]();
    expect(await events.next()).toMatchObject({ value: { event: 'listening' } });
    const next = failureOf(events.next());
    await server.close();
    expect(await next).toMatchObject({ code: 'ONEIRIC_ATTACH_CLOSED' });
  });

  it('ends in time where a client keeps its connection', async () => {
    await using app = new SlowShop();
    const server = await app.allow();
    const raw = connect(server.socket);
    raw.on('error', () => undefined);
    raw.write('GET /v1/process HTTP/1.1\r\n\r\n');
    await once(raw, 'data');
    const closed = once(raw, 'close');
    await server.close();
    await closed;
  });
});

describe('events', () => {
  it('tell what happens to the keys of the filter, in order, as plain data', async () => {
    await using app = new SlowShop();
    await app.open();
    await app.offer('sql', { key: 'orders' });
    await app.allow();
    const there = await app.connect();
    const told: AttachEvent[] = [];
    const controller = new AbortController();
    let isListening = (): void => undefined;
    const listening = new Promise<void>((resolve) => (isListening = resolve));
    const reading = failureOf(
      (async () => {
        for await (const event of there.events({ domain: 'adapter', key: 'cache' }, controller.signal)) {
          told.push(event);
          if (event.event === 'listening') isListening();
          if (event.event === 'resumed') controller.abort(new Error('seen enough'));
        }
      })(),
    );
    await listening;
    await app.lifecycle.activate('adapter', 'orders');
    await app.registry.select(...AT, 'redis');
    await app.settled();
    await there.pause(...AT);
    await there.resume(...AT);
    expect(await reading).toEqual(new Error('seen enough'));
    const names = told.flatMap(({ event }) => (event === 'phase' ? [] : [event]));
    expect(names).toEqual(
      expect.arrayContaining(['listening', 'decision-changed', 'swapped', 'paused', 'resumed']),
    );
    expect(names[0]).toBe('listening');
    expect(told.find(({ event }) => event === 'decision-changed')).toMatchObject({
      at: expect.stringMatching(/Z$/),
      domain: 'adapter',
      previous: { provider: 'memory', version: null },
      winner: { provider: 'redis', version: null },
    });
    expect(told.find(({ event }) => event === 'paused')).toMatchObject({
      candidate: { provider: 'redis', version: null },
    });
    expect(JSON.stringify(told)).not.toContain('orders');
  });
});
