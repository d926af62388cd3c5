import type { Candidate } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import { waitFor } from '../lifecycle/wait-for.js';
import type { HandleSource } from './component-builder.js';
import { CONTAINER_ERRORS } from './container-errors.js';
import { fixedHandle } from './fixed-handle.js';
import { givenBy } from './given-by.js';
import { stepOf } from './grow-path.js';
import type { Overrides } from './overrides.js';
import type { KeyEntry, LastGiven, NeededEntry } from './key-entry.js';
import type { ResolverCore } from './resolver-core.js';
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

  /** What `get` gives. What has not changed since it was given last is told by a few comparisons. */
  give<T>(entry: KeyEntry<T>): T {
    const winner = this.core.registry.resolve(entry.key);
    const last = this.#asLast(entry, winner);
    return last === undefined ? this.#giveAnew(entry, winner) : last.given;
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
      return (await this.#build(entry, winner, signal)) as T;
    }
    return (await this.#scopedSoon(entry, winner, signal)) as T;
  }

  handleNow({ entry }: NeededEntry): LiveHandle<unknown> {
    const winner = this.core.registry.resolve(entry.key);
    if (this.#asLast(entry, winner) !== undefined) return entry.handle;
    const instance = this.#giveAnew(entry, winner);
    return this.#isLive(entry) ? entry.handle : fixedHandle(instance);
  }

  async handle({ entry }: NeededEntry, signal: AbortSignal | undefined): Promise<LiveHandle<unknown>> {
    const instance = await this.giveAsync(entry, signal);
    return this.#isLive(entry) ? entry.handle : fixedHandle(instance);
  }

  /** What was given last, where that singleton still serves, still wins, and nothing stands in for it. */
  #asLast<T>({ last, slot }: KeyEntry<T>, winner: Candidate | undefined): LastGiven<T> | undefined {
    const isSame =
      last !== undefined &&
      last.winner === winner &&
      last.serial === slot.serving?.serial &&
      this.core.overrides === 0 &&
      !this.isClosed;
    return isSame ? last : undefined;
  }

  #giveAnew<T>(entry: KeyEntry<T>, winner: Candidate | undefined): T {
    this.assertOpen();
    const isSingleton = winner === undefined || winner.scope === 'singleton';
    const fake = this.overrides.find(entry.key);
    if (fake !== undefined) {
      return (isSingleton && fake.isLive ? givenBy(entry.handle) : fake.instance) as T;
    }
    if (!isSingleton || entry.handle.peek() === undefined) return this.#giveOther(entry, winner) as T;
    const given = givenBy(entry.handle);
    const { serving } = entry.slot;
    if (serving !== undefined && this.core.overrides === 0) {
      entry.last = { winner, serial: serving.serial, given };
    }
    return given;
  }

  /** Does the key's live handle stand for what is given? */
  #isLive({ key }: KeyEntry): boolean {
    const scope = this.core.registry.resolve(key)?.scope ?? 'singleton';
    return scope === 'singleton' && (this.core.overrides === 0 || this.overrides.find(key)?.isLive !== false);
  }

  /** What does not run: it is built, or refused. */
  #giveOther(entry: KeyEntry, winner: Candidate | undefined): unknown {
    if (winner?.scope === 'scoped') return this.#scopedNow(entry, winner);
    this.core.assertSound(entry);
    if (winner?.scope === 'transient') return this.#buildNow(entry, winner);
    const { domain, key } = entry.key;
    const path = [{ domain, key, provider: winner?.provider ?? null, parameter: null }];
    throw createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_NOT_ACTIVE', { path });
  }

  #buildNow(entry: KeyEntry, winner: Candidate): unknown {
    return this.core.builder.buildNow(winner, this.core.needsOf(entry, winner), this);
  }

  #build(entry: KeyEntry, winner: Candidate, signal: AbortSignal | undefined): Promise<unknown> {
    return this.core.builder.build(winner, this.core.needsOf(entry, winner), this, signal);
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
    const instance = this.#buildNow(entry, winner);
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
      known?.promise ?? instances.keepSoon(entry.key, winner, this.#build(entry, winner, undefined));
    return await waitFor(building, signal);
  }

  #instancesFor(winner: Candidate): ScopeInstances {
    if (this.instances !== undefined) return this.instances;
    throw createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_SCOPE_NEEDED', { path: [stepOf(winner)] });
  }
}
