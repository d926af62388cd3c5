import fc from 'fast-check';

import type { Component } from '../../src/lifecycle/component.js';
import { createLiveHandle } from '../../src/lifecycle/create-live-handle.js';
import { holds, propertyTimeoutMs } from '../property.js';
import { ATarget } from './a-target.js';

/** Answers with who it is: at once, or when the test says so. */
class Service {
  isClosed = false;
  readonly id: number;
  readonly calls: Call[];
  constructor(id: number, calls: Call[]) {
    this.id = id;
    this.calls = calls;
  }
  now(): number {
    return this.#answer();
  }
  fail(): never {
    throw new Refusal(this.#answer());
  }
  later(): Promise<number> {
    const id = this.#answer();
    return new Promise((resolve, reject) => {
      this.calls.push({
        resolve: () => resolve(this.#answer()),
        reject: () => reject(new Refusal(id)),
      });
    });
  }
  #answer(): number {
    if (this.isClosed) throw new Error(`Service ${this.id} was called after it was closed.`);
    return this.id;
  }
}

class Refusal extends Error {
  readonly id: number;
  constructor(id: number) {
    super(`refused by ${id}`);
    this.id = id;
  }
}

interface Call {
  readonly resolve: () => void;
  readonly reject: () => void;
}

type Step =
  | { readonly kind: 'now' | 'fail' | 'later' | 'use' | 'swap' | 'pass' }
  | { readonly kind: 'settle'; readonly which: number; readonly fails: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom<'now' | 'fail' | 'later' | 'use' | 'swap' | 'pass'>(
      'now',
      'fail',
      'later',
      'use',
      'swap',
      'pass',
    ),
  }),
  fc.record({ kind: fc.constant('settle'), which: fc.nat(20), fails: fc.boolean() }),
);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('calls and swaps in any order', () => {
  it(
    'leave every call with the instance that served when it began, which is closed after its last call, once',
    async () => {
      await holds(fc.asyncProperty(fc.array(step, { maxLength: 60 }), run), {
        file: 'packages/core/test/lifecycle/live-handle-property.test.ts',
        runs: 150,
      });
    },
    propertyTimeoutMs,
  );
});

async function run(steps: readonly Step[]): Promise<void> {
  const target = new ATarget<Service>();
  const { proxy, use } = createLiveHandle(target);
  const calls: Call[] = [];
  const answers: Promise<void>[] = [];
  const expectedLeases = new Map<Component<Service>, number>();
  const closings = new Map<Component<Service>, number>();
  const bind = (): void => {
    const old = target.current;
    const component = target.bind(new Service(closings.size, calls));
    closings.set(component, 0);
    expectedLeases.set(component, 0);
    old?.onIdle(() => {
      expect([old.leases, expectedLeases.get(old)]).toEqual([0, 0]);
      old.instance.isClosed = true;
      closings.set(old, (closings.get(old) ?? 0) + 1);
    });
  };
  const follow = (component: Component<Service>, answer: Promise<number>): void => {
    expectedLeases.set(component, (expectedLeases.get(component) ?? 0) + 1);
    const { id } = component.instance;
    answers.push(
      answer.then(
        (by) => expect(by).toBe(id),
        (error: unknown) => expect(error).toEqual(new Refusal(id)),
      ),
    );
  };
  const settle = (call: Call, fails: boolean): void => {
    if (fails) call.reject();
    else call.resolve();
  };
  bind();
  const inFlight: Component<Service>[] = [];
  for (const each of steps) {
    const component = target.current as Component<Service>;
    switch (each.kind) {
      case 'now':
        expect(proxy.now()).toBe(component.instance.id);
        break;
      case 'fail':
        expect(() => proxy.fail()).toThrow(new Refusal(component.instance.id));
        break;
      case 'later':
        inFlight.push(component);
        follow(component, proxy.later());
        break;
      case 'use':
        inFlight.push(component);
        follow(
          component,
          use((service) => service.later()),
        );
        break;
      case 'swap':
        bind();
        break;
      case 'pass':
        await turn();
        break;
      case 'settle': {
        if (calls.length === 0) break;
        const at = each.which % calls.length;
        const [call] = calls.splice(at, 1);
        const [on] = inFlight.splice(at, 1);
        if (call === undefined || on === undefined) throw new Error('A call is missing.');
        expectedLeases.set(on, (expectedLeases.get(on) ?? 0) - 1);
        settle(call, each.fails);
        await turn();
        break;
      }
      default:
        each satisfies never;
    }
    for (const [one, leases] of expectedLeases) {
      expect([one.leases, closings.get(one)]).toEqual([
        leases,
        one !== target.current && leases === 0 ? 1 : 0,
      ]);
    }
  }
  for (const call of calls.splice(0)) {
    const on = inFlight.shift() as Component<Service>;
    expectedLeases.set(on, (expectedLeases.get(on) ?? 0) - 1);
    settle(call, false);
  }
  await Promise.all(answers);
  await turn();
  for (const [one, times] of closings)
    expect([one.leases, times]).toEqual([0, one === target.current ? 0 : 1]);
}
