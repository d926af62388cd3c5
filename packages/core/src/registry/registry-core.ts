import type { LockFrame } from '../concurrency/lock-frame.js';
import { ReentrantLock } from '../concurrency/reentrant-lock.js';
import { SnapshotCell } from '../concurrency/snapshot-cell.js';
import type { Candidate } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { spanCause } from '../observability/span-port.js';
import { CommitFeed } from './commit-feed.js';
import { Draft } from './draft.js';
import { KeyIndex } from './key-index.js';
import { PersistentArray } from './persistent-array.js';
import { readRankingDefaults } from './read-ranking-defaults.js';
import { readSelections } from './read-selections.js';
import { REGISTRY_ERRORS } from './registry-errors.js';
import { assertOptions, type RegistryOptions } from './registry-options.js';
import { RegistryState } from './registry-state.js';
import { Transaction } from './transaction.js';
import { Version } from './version.js';

/** How a write waits for its turn. */
export interface WriteOptions {
  /** Ends the wait; a write that has begun is not undone by it. */
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for the lock at most. Default: no bound. */
  readonly timeoutMs?: number;
  /** What the section is called in reports of the lock. */
  readonly name?: string;
}

/**
 * The one writer's side of a registry, shared by the registry and the transactions on it.
 *
 * The invariant: a write happens inside a section of the lock, works on a layer, and either is absorbed whole, by
 * the transaction it joins or by the published version, or is dropped whole; both are synchronous. So a reader,
 * who takes no lock, sees a state before or after a commit and nothing between.
 */
export class RegistryCore {
  readonly index = new KeyIndex();
  readonly lock: ReentrantLock;
  readonly feed: CommitFeed;
  readonly projectDir: string;
  readonly #published: SnapshotCell<RegistryState>;
  readonly #root: Version;
  readonly #transactions = new WeakMap<LockFrame, Transaction>();
  /** How many transactions are open: while there is none, a read need not ask for its context. */
  openTransactions = 0;

  /** @param owner what messages say that they come from */
  constructor(options: RegistryOptions, owner: object) {
    assertOptions(options);
    const defaults = readRankingDefaults(options);
    this.lock = options.lock ?? new ReentrantLock({ name: 'registry' });
    this.projectDir = options.projectDir ?? process.cwd();
    const platform = options.platform ?? { os: process.platform, node: process.versions.node };
    const context = { index: this.index, platform, settled: new WeakMap(), registry: owner };
    this.feed = new CommitFeed(owner);
    this.#root = new Version(context, new RegistryState(context, -1, 1, PersistentArray.empty()), defaults);
    this.#published = new SnapshotCell(this.#root.state);
    const draft = new Draft(this.#root);
    for (const [domain, key, selection] of readSelections(options.selections))
      draft.select(domain, key, selection);
    this.#adopt(draft.finish() ?? this.#root.layer(), 0);
  }

  get published(): RegistryState {
    return this.#published.read();
  }

  /** The state that the calling context sees: that of the nearest open transaction it is in, else the published one. */
  get visible(): RegistryState {
    if (this.openTransactions === 0) return this.published;
    let transaction = this.#transactionOf(this.lock.currentFrame());
    while (transaction?.isOpen === false) transaction = transaction.parent;
    return transaction?.version.state ?? this.published;
  }

  /** Runs one synchronous write in a section of the lock, joined to the transaction it is called in, if any. */
  async write<T>(work: (draft: Draft) => T, options: WriteOptions | undefined): Promise<T> {
    const result = await this.lock.runSection((frame) => {
      this.lock.assertLeaf();
      const joined = this.#transactionOf(frame);
      joined?.assertJoinable();
      const draft = new Draft(joined?.version ?? this.#root);
      try {
        const outcome = work(draft);
        const layer = draft.finish();
        if (layer !== undefined) this.#absorb(layer, joined);
        return outcome;
      } catch (error) {
        draft.drop();
        throw error;
      }
    }, options);
    this.feed.deliver();
    return result;
  }

  /** Takes this very registration out again; false where it is gone already. Bound: receipts carry it. */
  readonly unregister = (candidate: Candidate): Promise<boolean> =>
    this.write((draft) => draft.unregister(candidate), { name: 'unregister' });

  /** Runs `work` as a transaction, nested in the one it is called in, if any. */
  async transact<T>(
    work: (transaction: Transaction) => T | Promise<T>,
    options: WriteOptions | undefined,
  ): Promise<T> {
    let transaction: Transaction | undefined;
    let failure: { readonly cause: unknown } | undefined;
    const begin = async (frame: LockFrame): Promise<T> => {
      const parent = this.#transactionOf(frame);
      parent?.assertJoinable();
      transaction = new Transaction(frame, (parent?.version ?? this.#root).layer(), parent);
      this.#transactions.set(frame, transaction);
      this.openTransactions++;
      try {
        return await work(transaction);
      } catch (cause) {
        failure = { cause };
        throw cause;
      }
    };
    try {
      return await this.lock.runSection(begin, options, (frame, { ok }) => {
        if (transaction !== undefined) this.#settle(transaction, frame, ok, failure);
      });
    } finally {
      this.feed.deliver();
    }
  }

  /** Is the calling context inside a transaction that is still open? */
  get isInTransaction(): boolean {
    return this.openTransactions > 0 && this.#transactionOf(this.lock.currentFrame())?.isOpen === true;
  }

  /** Is the calling context inside this transaction? */
  isInside(transaction: Transaction): boolean {
    let frame = this.lock.currentFrame();
    while (frame !== undefined && frame !== transaction.frame) frame = frame.parent;
    return frame !== undefined;
  }

  #settle(
    transaction: Transaction,
    frame: LockFrame,
    ok: boolean,
    failure: { readonly cause: unknown } | undefined,
  ): void {
    transaction.close();
    this.openTransactions--;
    if (frame.hasRunningChild) {
      transaction.version.drop();
      throw createError(
        REGISTRY_ERRORS,
        'ONEIRIC_REGISTRY_TX_CHILD_ACTIVE',
        { role: 'transaction' },
        failure,
      );
    }
    if (!ok) {
      transaction.version.drop();
      return;
    }
    this.#absorbOrDrop(transaction);
  }

  #absorbOrDrop(transaction: Transaction): void {
    try {
      transaction.parent?.assertJoinable();
    } catch (error) {
      transaction.version.drop();
      throw error;
    }
    if (transaction.version.changes.length > 0) this.#absorb(transaction.version, transaction.parent);
  }

  #absorb(layer: Version, joined: Transaction | undefined): void {
    if (joined !== undefined) joined.version.absorb(layer);
    else this.#publish(layer);
  }

  #publish(layer: Version): void {
    const before = this.published;
    this.#adopt(layer, before.revision + 1);
    this.feed.add({
      before,
      after: this.published,
      changes: layer.changes,
      touched: [...layer.slots.keys()],
      cause: spanCause(),
    });
  }

  /** Makes a layer over the root the published version. */
  #adopt(layer: Version, revision: number): void {
    layer.members.merge();
    layer.requirers.merge();
    for (const [cell, slot] of layer.slots) {
      if (slot.isEmpty) this.index.remove(cell);
      else this.index.publish(cell, slot);
    }
    this.#root.defaults = layer.defaults;
    this.#root.state = layer.state.published(revision);
    this.#published.publish(this.#root.state);
  }

  #transactionOf(frame: LockFrame | undefined): Transaction | undefined {
    for (let at = frame; at !== undefined; at = at.parent) {
      const transaction = this.#transactions.get(at);
      if (transaction !== undefined) return transaction;
    }
    return undefined;
  }
}
