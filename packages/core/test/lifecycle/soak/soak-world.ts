import { setImmediate as turn } from 'node:timers/promises';

import type { CandidateInput } from '../../../src/decision/candidate.js';
import { OneiricError } from '../../../src/errors/oneiric-error.js';
import { LifecycleManager } from '../../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../../../src/lifecycle/lifecycle-options.js';
import { CandidateRegistry } from '../../../src/registry/candidate-registry.js';
import type { Registration } from '../../../src/registry/registration.js';
import { ManualClock } from '../faults/manual-clock.js';
import { randomFrom, type Random } from './random.js';

export const PROVIDERS = ['a', 'b', 'c'] as const;

export interface SoakShape {
  readonly seed: number;
  readonly keys: number;
  /** Of 1000 things that foreign code does, so many throw, and so many hang for longer than anybody waits. */
  readonly throwing: number;
  readonly hanging: number;
  readonly options?: LifecycleOptions;
}

/** An instance that knows whether it is open; nothing keeps it once nobody uses it. */
class SoakInstance {
  isOpen = true;
  calls = 0;
  /** It was closed under calls, which was told. */
  isAbandoned = false;
  readonly name: string;
  readonly #world: SoakWorld;

  constructor(world: SoakWorld, name: string) {
    this.#world = world;
    this.name = name;
    world.opened(this);
  }

  read(call: number): number {
    this.#begin(call);
    return call;
  }

  async ask(call: number): Promise<number> {
    this.#begin(call);
    this.calls++;
    await this.#world.sleep(this.#world.random.below(4));
    this.calls--;
    if (!this.isOpen && !this.isAbandoned)
      this.#world.wrong(`${this.name} was closed under call ${String(call)}`);
    return call;
  }

  health(): Promise<boolean> {
    if (!this.isOpen) this.#world.wrong(`${this.name} was probed after it was closed`);
    return this.#world.foreign(() => true);
  }

  async close(): Promise<void> {
    this.#world.closed(this);
    await this.#world.foreign(() => undefined);
  }

  #begin(call: number): void {
    if (!this.isOpen) this.#world.wrong(`call ${String(call)} reached ${this.name}, which is closed`);
    this.#world.executed(call);
  }
}

/** A registry and a lifecycle in a time of their own, whose foreign code fails and hangs by the dice. */
export class SoakWorld {
  readonly clock = new ManualClock();
  readonly registry = new CandidateRegistry();
  readonly lifecycle: LifecycleManager;
  readonly random: Random;
  readonly keys: readonly string[];
  readonly problems: string[] = [];
  readonly registrations = new Map<string, Registration>();
  readonly open = new Set<SoakInstance>();
  readonly #shape: SoakShape;
  readonly #drainsGivenUp = new Map<string, number>();
  readonly #answers: Uint8Array;
  isCalm = false;
  built = 0;
  swapped = 0;
  failures = 0;
  calls = 0;
  answered = 0;
  refused = 0;

  constructor(shape: SoakShape, mostCalls: number) {
    this.#shape = shape;
    this.random = randomFrom(shape.seed);
    this.keys = Array.from({ length: shape.keys }, (_, index) => `k${String(index)}`);
    this.#answers = new Uint8Array(mostCalls);
    const hook = (): Promise<void> => this.foreign(() => undefined);
    this.lifecycle = new LifecycleManager(this.registry, {
      clock: this.clock,
      timeouts: {
        activationMs: 20,
        healthMs: 10,
        handoverMs: 15,
        drainMs: 10,
        cleanupMs: 10,
        hookMs: 10,
        waitMs: 100_000,
      },
      hooks: { preSwap: hook, postSwap: hook },
      settings: () => this.foreign(() => ({})),
      ...shape.options,
    });
    this.lifecycle.on('swapped', () => this.swapped++);
    this.lifecycle.on('failed', ({ key, provider, error }) => {
      this.failures++;
      if (!OneiricError.is(error)) this.wrong(`a failure without a code: ${String(error)}`);
      const { cause } = error as { readonly cause?: unknown };
      if (!OneiricError.is(cause, 'ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT')) return;
      const name = `${key}-${String(provider)}`;
      this.#drainsGivenUp.set(name, (this.#drainsGivenUp.get(name) ?? 0) + 1);
    });
  }

  wrong(what: string): void {
    if (this.problems.length < 20) this.problems.push(`${what} (at ${String(this.clock.now())} ms)`);
  }

  sleep(ms: number): Promise<void> {
    if (ms === 0) return Promise.resolve();
    return new Promise((resolve) => void this.clock.after(ms, resolve));
  }

  /** Something that code of others does: soon, later, not at all, or it fails. */
  async foreign<T>(result: () => T): Promise<T> {
    const { throwing, hanging } = this.#shape;
    const dice = this.random.below(1000);
    const ms = this.random.below(4);
    if (!this.isCalm) {
      if (dice < throwing) throw new Error('by the dice');
      if (dice < throwing + hanging) await this.sleep(200);
    }
    await this.sleep(ms);
    return result();
  }

  offer(index: number, provider: string): CandidateInput {
    const key = `k${String(index)}`;
    const name = `${key}-${provider}`;
    const needs = index === 0 || provider === 'c' ? {} : { need: `k${String(Math.floor((index - 1) / 2))}` };
    return {
      domain: 'adapter',
      key,
      provider,
      priority: PROVIDERS.length - PROVIDERS.indexOf(provider as 'a'),
      inject: needs,
      factory: () => this.foreign(() => new SoakInstance(this, name)),
      ...(provider === 'b'
        ? {
            handover: async (from: unknown): Promise<void> => {
              const old = from as SoakInstance;
              if (old.calls > 0 || !old.isOpen) this.wrong(`${name} took over from one in use`);
              await this.foreign(() => undefined);
            },
          }
        : {}),
    };
  }

  async register(index: number, provider: string): Promise<void> {
    const registration = await this.registry.registerCandidate(this.offer(index, provider));
    this.registrations.set(`k${String(index)}-${provider}`, registration);
  }

  opened(instance: SoakInstance): void {
    this.built++;
    this.open.add(instance);
  }

  closed(instance: SoakInstance): void {
    const { name } = instance;
    if (!instance.isOpen) this.wrong(`${name} was closed twice`);
    instance.isOpen = false;
    this.open.delete(instance);
    if (instance.calls === 0) return;
    const told = this.#drainsGivenUp.get(name) ?? 0;
    if (told === 0)
      this.wrong(`${name} was closed under ${String(instance.calls)} calls, and nobody was told`);
    this.#drainsGivenUp.set(name, told - 1);
    instance.isAbandoned = true;
  }

  executed(call: number): void {
    this.#answers[call] = (this.#answers[call] ?? 0) + 1;
  }

  /** One call in one of the four ways; every answer is checked, and every refusal. */
  async call(random: Random, mayRefuse: (error: unknown, isProxy: boolean) => boolean): Promise<void> {
    const call = this.calls++;
    const key = this.keys[random.below(this.keys.length)] ?? 'k0';
    const handle = this.lifecycle.live('adapter', key);
    const way = random.below(4);
    let answer: number | undefined;
    try {
      if (way === 0) answer = await handle.use((instance) => (instance as SoakInstance).read(call));
      else if (way === 1) answer = await handle.use((instance) => (instance as SoakInstance).ask(call));
      else if (way === 2) answer = (handle.proxy as SoakInstance).read(call);
      else answer = await (handle.proxy as SoakInstance).ask(call);
    } catch (error) {
      this.refused++;
      if (!mayRefuse(error, way >= 2))
        this.wrong(`call ${String(call)} to ${key} was refused: ${String(error)}`);
      if (this.#answers[call] !== 0) this.wrong(`call ${String(call)} was refused and made`);
      return;
    }
    this.answered++;
    if (answer !== call) this.wrong(`call ${String(call)} got the answer of ${String(answer)}`);
    if (this.#answers[call] !== 1)
      this.wrong(`call ${String(call)} was made ${String(this.#answers[call])} times`);
  }

  /** Lets time pass, millisecond by millisecond, until `isDone`. */
  async passUntil(isDone: () => boolean, mostMs: number): Promise<void> {
    for (let ms = 0; !isDone(); ms++) {
      if (ms > mostMs) throw new Error(`it did not end within ${String(mostMs)} ms`);
      await turn();
      this.clock.advance(1);
    }
  }

  /** Waits for work in the time of this world. */
  async finish<T>(work: Promise<T>, mostMs = 100_000): Promise<T> {
    let isDone = false;
    const ended = work.finally(() => (isDone = true));
    ended.catch(() => undefined);
    await this.passUntil(() => isDone, mostMs);
    return await ended;
  }
}
