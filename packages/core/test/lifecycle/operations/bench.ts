import type { CandidateInput } from '../../../src/decision/candidate.js';
import { LifecycleManager } from '../../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from '../../../src/lifecycle/lifecycle-options.js';
import { CandidateRegistry } from '../../../src/registry/candidate-registry.js';
import { quiet } from '../../concurrency/harness/turns.js';
import { ManualClock } from '../faults/manual-clock.js';

/** An instance that says who it is, and counts how often it was closed. */
export class Thing {
  closed = 0;
  readonly provider: string;

  constructor(provider: string) {
    this.provider = provider;
  }

  close(): void {
    this.closed++;
  }
}

/** A registry and a lifecycle in a time of their own, with what was built and what was told. */
export class Bench implements AsyncDisposable {
  readonly clock = new ManualClock();
  readonly registry = new CandidateRegistry();
  readonly lifecycle: LifecycleManager;
  readonly built: Thing[] = [];
  readonly failures: unknown[] = [];
  /** Lets go of whatever hangs. */
  readonly #goOn: (() => void)[] = [];

  constructor(options: LifecycleOptions = {}) {
    this.lifecycle = new LifecycleManager(this.registry, { clock: this.clock, ...options });
    this.lifecycle.on('failed', ({ error }) => this.failures.push(error));
  }

  thing(provider: string): Thing {
    const thing = new Thing(provider);
    this.built.push(thing);
    return thing;
  }

  /** Offers `provider` for `adapter/cache`, or for the key that is given. */
  async offer(provider: string, input: Partial<CandidateInput> = {}) {
    const offered = {
      domain: 'adapter',
      key: 'cache',
      provider,
      factory: () => this.thing(provider),
      ...input,
    };
    return await this.registry.registerCandidate(offered);
  }

  /** Never settles while the test looks. */
  hang = <T>(value?: T): Promise<T> =>
    new Promise((resolve) => {
      this.#goOn.push(() => resolve(value as T));
    });

  /** Lets time pass, and everything settle that this sets off. */
  async pass(ms: number): Promise<void> {
    await quiet(3);
    this.clock.advance(ms);
    await quiet(3);
  }

  closedOf(provider: string): readonly number[] {
    return this.built.filter((thing) => thing.provider === provider).map(({ closed }) => closed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const goOn of this.#goOn.splice(0)) goOn();
    const closing = this.lifecycle.close().catch(() => undefined);
    await this.pass(100_000);
    await this.pass(100_000);
    await closing;
  }
}

/** Why it was rejected; throws where it was not, at once. */
export async function refusal(promise: Promise<unknown>): Promise<{
  readonly code?: string;
  readonly message: string;
  readonly cause?: { readonly code?: string; readonly message?: string };
  readonly details?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly unknown[];
}> {
  const outcome: { reason?: unknown; isRejected?: boolean } = {};
  promise.then(
    () => (outcome.isRejected = false),
    (reason: unknown) => {
      outcome.isRejected = true;
      outcome.reason = reason;
    },
  );
  await quiet(3);
  if (outcome.isRejected !== true)
    throw new Error(outcome.isRejected === undefined ? 'it still waits' : 'it was not rejected');
  return outcome.reason as Awaited<ReturnType<typeof refusal>>;
}
