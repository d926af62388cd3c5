import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import type { Candidate } from '../../src/decision/candidate.js';
import { Component } from '../../src/lifecycle/component.js';
import { createLiveHandle } from '../../src/lifecycle/create-live-handle.js';
import { ATarget } from './a-target.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('use', () => {
  it('gives what the function gives, and is leased until that settles', async () => {
    const target = new ATarget<{ n: number }>();
    const component = target.bind({ n: 1 });
    const { use } = createLiveHandle(target);
    const seen: number[] = [];
    const answer = use(async ({ n }) => {
      seen.push(component.leases);
      await soon();
      seen.push(component.leases);
      return n;
    });
    expect(await answer).toBe(1);
    expect([seen, component.leases]).toEqual([[1, 1], 0]);
    expect([await use(({ n }) => n + 1), component.leases]).toEqual([2, 0]);
  });

  it('rejects with what the function throws or rejects with, and is leased no longer', async () => {
    const target = new ATarget<number>();
    const component = target.bind(1);
    const { use } = createLiveHandle(target);
    const thrown = new RangeError('thrown');
    const fail = (): never => {
      throw thrown;
    };
    await expect(use(fail)).rejects.toBe(thrown);
    await expect(use(() => Promise.reject(thrown))).rejects.toBe(thrown);
    expect(component.leases).toBe(0);
  });

  it('waits while nothing serves, then runs on what serves', async () => {
    const target = new ATarget<string>();
    const handle = createLiveHandle(target);
    const answer = handle.use((instance) => `on ${instance}`);
    await soon();
    const component = target.bind('a');
    expect([await answer, component.leases]).toEqual(['on a', 0]);
  });

  it('goes on with the instance that it began on', async () => {
    const target = new ATarget<string>();
    const old = target.bind('old');
    const { use } = createLiveHandle(target);
    let closed = false;
    const answer = use(async (instance) => {
      await soon();
      return [instance, closed];
    });
    target.bind('new');
    old.onIdle(() => (closed = true));
    expect([await answer, closed]).toEqual([['old', false], true]);
  });

  it('rejects with the reason of its signal, without a call, before and during the waiting', async () => {
    const target = new ATarget<string>();
    const { use } = createLiveHandle(target);
    let calls = 0;
    const controller = new AbortController();
    const waiting = use(() => calls++, { signal: controller.signal });
    const reason = new Error('no longer wanted');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    const component = target.bind('a');
    await expect(use(() => calls++, { signal: controller.signal })).rejects.toBe(reason);
    expect([calls, component.leases]).toEqual([0, 0]);
  });

  it.each([
    ['fn', undefined, undefined],
    ['fn', 'text', undefined],
    ['options', () => 1, null],
    ['options', () => 1, { signals: 1 }],
    ['signal', () => 1, { signal: 'soon' }],
  ])('refuses a bad %s (%p, %p) with a rejection', async (option, fn, options) => {
    const target = new ATarget<string>();
    const component = target.bind('a');
    const { use } = createLiveHandle(target);
    await expect(use(fn as () => number, options as unknown as object)).rejects.toMatchObject({
      code: 'ONEIRIC_LIFECYCLE_OPTION_INVALID',
      details: { option },
    });
    expect(component.leases).toBe(0);
  });
});

describe('a handle', () => {
  it('is frozen, is not thenable, and peeks at what runs without counting it', async () => {
    const target = new ATarget<object>();
    const handle = createLiveHandle(target);
    expect([Object.isFrozen(handle), 'then' in handle, (await handle) === handle]).toEqual([
      true,
      false,
      true,
    ]);
    expect(handle.peek()).toBeUndefined();
    const instance = {};
    const component = target.bind(instance);
    target.isHeld = true;
    expect([handle.peek() === instance, component.leases]).toEqual([true, 0]);
  });

  it('has the same proxy before and after there is an instance, and after a swap', () => {
    const target = new ATarget<object>();
    const handle = createLiveHandle(target);
    const { proxy } = handle;
    target.bind({});
    expect(handle.proxy === proxy).toBe(true);
    target.bind([]);
    expect(handle.proxy === proxy).toBe(true);
    target.current = undefined;
    expect(handle.proxy === proxy).toBe(true);
  });
});

describe('a component', () => {
  const make = (): Component => new Component({} as Candidate, {});

  it('tells everybody who waits, once, when the last call has ended, and at once where none runs', () => {
    const component = make();
    const told: string[] = [];
    component.onIdle(() => told.push('at once'));
    component.leases += 2;
    component.onIdle(() => told.push('first'));
    const gone = component.onIdle(() => told.push('gone'));
    component.onIdle(() => told.push('second'));
    gone[Symbol.dispose]();
    component.release();
    expect(told).toEqual(['at once']);
    component.release();
    component.leases++;
    component.release();
    expect(told).toEqual(['at once', 'first', 'second']);
  });
});

describe('leases', () => {
  it('of promises that reject and are handled raise no unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const target = new ATarget<{ fail(): Promise<never> }>();
      const component = target.bind({ fail: () => Promise.reject(new RangeError('failed')) });
      await expect(createLiveHandle(target).proxy.fail()).rejects.toThrow(RangeError);
      await soon();
      await soon();
      expect([unhandled, component.leases]).toEqual([[], 0]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });

  it('leave nothing behind after a million calls', async () => {
    class Service {
      readonly answer = Promise.resolve(1);
      add(a: number, b: number): number {
        return a + b;
      }
      ask(): Promise<number> {
        return this.answer;
      }
    }
    const target = new ATarget<Service>();
    const component = target.bind(new Service());
    const { proxy } = createLiveHandle(target);
    const calls = async (times: number): Promise<void> => {
      let sum = 0;
      for (let i = 0; i < times; i++) sum = proxy.add(sum, 1);
      for (let i = 0; i < times / 10; i++) await proxy.ask();
    };
    await calls(10_000);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    await calls(1_000_000);
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(1_000_000);
    expect(component.leases).toBe(0);
  });

  it('keep no instance alive that was swapped out', async () => {
    class Service {
      readonly much = new Uint8Array(1 << 20);
      size(): number {
        return this.much.length;
      }
    }
    const target = new ATarget<Service>();
    const { proxy } = createLiveHandle(target);
    const swapped = (): WeakRef<Service> => {
      const { instance } = target.bind(new Service());
      proxy.size();
      return new WeakRef(instance);
    };
    const old = swapped();
    target.bind(new Service());
    await soon();
    collectGarbage();
    expect(old.deref()).toBeUndefined();
  });
});
