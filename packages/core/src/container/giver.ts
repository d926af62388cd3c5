import type { Candidate } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import type { HandleSource } from './component-builder.js';
import { CONTAINER_ERRORS } from './container-errors.js';
import { fixedHandle } from './fixed-handle.js';
import { givenBy, hasProxy } from './given-by.js';
import { stepOf } from './grow-path.js';
import type { InjectedKey } from './injected-keys.js';
import type { Overrides } from './overrides.js';
import type { KeyEntry, ResolverCore } from './resolver-core.js';
import type { ScopeInstances } from './scope-instances.js';

/** Gives components: of one scope, or of none. */
export class Giver implements HandleSource {
  readonly core: ResolverCore;
  readonly overrides: Overrides;
  readonly instances: ScopeInstances | undefined;
  isClosed = false;

  constructor(core: ResolverCore, overrides: Overrides, instances?: ScopeInstances) {
    this.core = core;
    this.overrides = overrides;
    this.instances = instances;
  }

  /** @throws `ONEIRIC_CONTAINER_CLOSED` */
  assertOpen(): void {
    if (!this.isClosed) return;
    const what = this.instances === undefined ? 'The resolver' : 'The scope';
    throw createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_CLOSED', { what });
  }

  /** What `get` gives. */
  give<T>(entry: KeyEntry<T>): T {
    this.assertOpen();
    const winner = this.core.registry.resolve(entry.key);
    const isSingleton = winner === undefined || winner.scope === 'singleton';
    const fake = this.overrides.find(entry.key);
    if (fake !== undefined) {
      return (isSingleton && fake.isLive ? givenBy(entry.handle) : fake.instance) as T;
    }
    if (isSingleton) {
      const instance = entry.handle.peek();
      if (instance !== undefined) return hasProxy(instance) ? entry.handle.proxy : instance;
    }
    return this.#giveOther(entry, winner) as T;
  }

  /** What `getAsync` gives. */
  async giveAsync<T>(entry: KeyEntry<T>, signal: AbortSignal | undefined): Promise<T> {
    this.assertOpen();
    const { key } = entry;
    if (this.overrides.find(key) !== undefined) return this.give(entry);
    const winner = this.core.registry.resolve(key);
    if (winner === undefined || winner.scope === 'singleton') {
      if (entry.handle.peek() === undefined) {
        this.core.assertSound(entry);
        await this.core.lifecycle.activate(key, signal === undefined ? {} : { signal });
      }
      return givenBy(entry.handle);
    }
    signal?.throwIfAborted();
    if (winner.scope === 'transient') {
      this.core.assertSound(entry);
      return (await this.core.builder.build(winner, this, signal)) as T;
    }
    return (await this.#scopedSoon(entry, winner, signal)) as T;
  }

  handleNow({ key }: InjectedKey): LiveHandle<unknown> {
    const entry = this.core.entryOf(key);
    const instance = this.give(entry);
    return this.#isLive(entry) ? entry.handle : fixedHandle(instance);
  }

  async handle({ key }: InjectedKey, signal: AbortSignal | undefined): Promise<LiveHandle<unknown>> {
    const entry = this.core.entryOf(key);
    const instance = await this.giveAsync(entry, signal);
    return this.#isLive(entry) ? entry.handle : fixedHandle(instance);
  }

  /** Does the key's live handle stand for what is given? */
  #isLive({ key }: KeyEntry): boolean {
    const fake = this.overrides.find(key);
    const scope = this.core.registry.resolve(key)?.scope ?? 'singleton';
    return scope === 'singleton' && fake?.isLive !== false;
  }

  /** What does not run: it is built, or refused. */
  #giveOther(entry: KeyEntry, winner: Candidate | undefined): unknown {
    if (winner?.scope === 'scoped') return this.#scopedNow(entry, winner);
    this.core.assertSound(entry);
    if (winner?.scope === 'transient') return this.core.builder.buildNow(winner, this);
    const { domain, key } = entry.key;
    const path = [{ domain, key, provider: winner?.provider ?? null, parameter: null }];
    throw createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_NOT_ACTIVE', { path });
  }

  #scopedNow(entry: KeyEntry, winner: Candidate): unknown {
    const instances = this.#instancesFor(winner);
    const known = instances.find(entry.key);
    if (known?.state === 'built') return known.instance;
    if (known !== undefined) {
      const what = 'it is being built asynchronously';
      throw createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_ASYNC', { path: [stepOf(winner)], what });
    }
    this.core.assertSound(entry);
    const instance = this.core.builder.buildNow(winner, this);
    instances.keep(entry.key, winner, instance);
    return instance;
  }

  /** Built once for all who ask meanwhile; so nobody's signal ends it, only the wait of whoever gave the signal. */
  async #scopedSoon(entry: KeyEntry, winner: Candidate, signal: AbortSignal | undefined): Promise<unknown> {
    const instances = this.#instancesFor(winner);
    const known = instances.find(entry.key);
    if (known?.state === 'built') return known.instance;
    if (known === undefined) this.core.assertSound(entry);
    const building =
      known?.promise ??
      instances.keepSoon(entry.key, winner, this.core.builder.build(winner, this, undefined));
    return signal === undefined ? await building : await untilAborted(building, signal);
  }

  #instancesFor(winner: Candidate): ScopeInstances {
    if (this.instances !== undefined) return this.instances;
    throw createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_SCOPE_NEEDED', { path: [stepOf(winner)] });
  }
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's own
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
