import type { Candidate, CandidateInput } from '../../../src/decision/candidate.js';
import { type LifecycleCore, lifecycleCoreOf } from '../../../src/lifecycle/lifecycle-core.js';
import { LifecycleManager } from '../../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../../../src/lifecycle/lifecycle-options.js';
import { CandidateRegistry } from '../../../src/registry/candidate-registry.js';
import { microtasks, quiet } from '../../concurrency/harness/turns.js';
import { ManualClock } from './manual-clock.js';

/** What foreign code does at one of its awaits. */
export interface Fault {
  /** At which of all the awaits of the run, from 0. */
  readonly at: number;
  /** `hang`: until the stage lets go of it, which it does when everybody has given up waiting. */
  readonly kind: 'throw' | 'hang';
}

/** More than every time limit there is. */
const LONG_MS = 120_000;

/** An instance that notices when it is used after its end, or ended twice, or under a call. */
export class Instance {
  closed = 0;
  calls = 0;
  readonly provider: string;
  readonly #stage: Stage;

  constructor(stage: Stage, provider: string) {
    this.#stage = stage;
    this.provider = provider;
    stage.instances.push(this);
  }

  /** A call that ends at once. */
  read(): string {
    this.#used('read');
    return this.provider;
  }

  /** A call that takes a while. */
  async ask(turns = 6): Promise<string> {
    this.#used('asked');
    this.calls++;
    await microtasks(turns);
    this.calls--;
    if (!this.#stage.drainsGivenUp.has(this.provider)) this.#used('answering');
    return this.provider;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (++this.closed > 1) this.#stage.wrong(`${this.provider} was closed ${String(this.closed)} times`);
    if (this.calls > 0 && !this.#stage.drainsGivenUp.has(this.provider))
      this.#stage.wrong(`${this.provider} was closed under ${String(this.calls)} calls`);
    await this.#stage.point(`cleanup ${this.provider}`);
  }

  #used(how: string): void {
    if (this.closed > 0) this.#stage.wrong(`${this.provider} was ${how} after it was closed`);
  }
}

/**
 * A registry and a lifecycle whose foreign code (loading, settings, factories, checks, handovers, hooks, cleanups) goes
 * through numbered points: at each of them it waits for some microtasks, and can be made to throw or to hang.
 */
export class Stage {
  readonly clock = new ManualClock();
  readonly registry = new CandidateRegistry();
  readonly lifecycle: LifecycleManager;
  readonly core: LifecycleCore;
  readonly control = new AbortController();
  readonly instances: Instance[] = [];
  /** Providers whose calls in flight were not waited for to their end, which was told. */
  readonly drainsGivenUp = new Set<string>();
  readonly violations: string[] = [];
  /** The points that were passed, in order. */
  readonly visits: string[] = [];
  #fault: Fault | undefined;
  #hanging: (() => void)[] = [];

  constructor(options: LifecycleOptions = {}) {
    this.lifecycle = new LifecycleManager(this.registry, {
      clock: this.clock,
      settings: (candidate) => this.point(`settings ${candidate.provider}`).then(() => ({})),
      loadFactory: async (_, candidate) => {
        await this.point(`load ${candidate.provider}`);
        return this.factory(candidate.provider);
      },
      ...options,
    });
    const core = lifecycleCoreOf(this.lifecycle);
    if (core === undefined) throw new Error('a lifecycle without a core');
    this.core = core;
    this.lifecycle.on('failed', ({ provider, error }) => {
      const { cause } = error as { readonly cause?: { readonly code?: unknown } };
      if (cause?.code === 'ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT' && provider !== null)
        this.drainsGivenUp.add(provider);
    });
  }

  wrong(what: string): void {
    this.violations.push(what);
  }

  /** Counts the points anew, and makes one of them fail. */
  begin(fault: Fault | undefined): void {
    this.visits.length = 0;
    this.#fault = fault;
  }

  /** One await of foreign code. */
  async point(name: string): Promise<void> {
    const index = this.visits.push(name) - 1;
    await microtasks(1);
    if (this.#fault?.at === index) {
      const { kind } = this.#fault;
      this.#fault = undefined;
      if (kind === 'throw') throw new Error(`fault at point ${String(index)}, ${name}`);
      await new Promise<void>((resolve) => this.#hanging.push(resolve));
    }
    await microtasks(1);
  }

  factory(provider: string) {
    return async (): Promise<Instance> => {
      await this.point(`before ${provider} is made`);
      const instance = new Instance(this, provider);
      try {
        await this.point(`after ${provider} is made`);
      } catch (error) {
        this.instances.splice(this.instances.indexOf(instance), 1); // It never left the factory.
        throw error;
      }
      return instance;
    };
  }

  /** A candidate of `adapter/<key>`, called `<key>-<name>`. */
  offer(key: string, name: string, input: Partial<CandidateInput> = {}): CandidateInput {
    const provider = `${key}-${name}`;
    return {
      domain: 'adapter',
      key,
      provider,
      factory: this.factory(provider),
      health: async () => {
        await this.point(`health of ${provider}`);
        return true;
      },
      ...input,
    };
  }

  hook(name: string) {
    return async ({ to }: { readonly to: Candidate }): Promise<void> => {
      await this.point(`${name} ${to.provider}`);
    };
  }

  handover(provider: string) {
    return async (from: unknown, _: unknown, { signal }: { readonly signal: AbortSignal }): Promise<void> => {
      if ((from as Instance).calls > 0) this.wrong(`handed over to ${provider} under a call`);
      await this.point(`handover to ${provider}`);
      if ((from as Instance).closed > 0 && !signal.aborted)
        this.wrong(`handed over to ${provider} from what was closed`);
    };
  }

  /** Which instance runs for which key, by their numbers. */
  bound(): Readonly<Record<string, number>> {
    const running = [...this.core.slots.values()].filter(({ current }) => current !== undefined);
    return Object.fromEntries(running.map(({ name, current }) => [name, current?.serial ?? 0]));
  }

  /** Waits until nothing is left to wait for; what hangs sees time pass, then everybody has left it, then it goes on. */
  async settle(promises: readonly Promise<unknown>[]): Promise<readonly PromiseSettledResult<unknown>[]> {
    const all = Promise.allSettled(promises);
    let isDone = false;
    void all.then(() => (isDone = true));
    for (let round = 0; round < 12 && !isDone; round++) {
      await quiet(2);
      if (!isDone) this.clock.advance(LONG_MS);
    }
    if (!isDone) this.wrong('an operation never ended');
    await this.rest();
    return isDone ? await all : [];
  }

  /** What is done in the background ends, too. */
  async rest(): Promise<void> {
    for (let round = 0; round < 12; round++) {
      await quiet(2);
      if (this.clock.pending === 0 && !this.core.lock.isLocked()) break;
      this.clock.advance(LONG_MS);
    }
    for (const goOn of this.#hanging.splice(0)) goOn();
    await quiet(2);
  }
}
