import { isDeepStrictEqual } from 'node:util';

import type { Candidate, CandidateInput, CandidateSource } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import type { MarkCode, MarkDetail } from '../decision/mark.js';
import { PLAIN_REQUEST, type ResolveRequest } from '../decision/request.js';
import type { SelectionInput } from '../decision/selection.js';
import { createError } from '../errors/oneiric-error.js';
import type { Key } from '../foundation/key.js';
import { CallSite, siteGivenBy } from './call-site.js';
import { checkCandidate } from './check-candidate.js';
import { checkInputs, checkSource, checkSourceInputs } from './check-inputs.js';
import { assertFunction } from './check-function.js';
import { checkMark } from './check-mark.js';
import { assertName } from './check-name.js';
import type { Draft, RegisterOutcome } from './draft.js';
import { type KeyCell, UNDECIDED } from './key-index.js';
import { Receipt } from './receipt.js';
import type { Registration, SourceChange } from './registration.js';
import { RegistryCore, type WriteOptions } from './registry-core.js';
import { REGISTRY_ERRORS } from './registry-errors.js';
import type { RegistryEvents } from './registry-events.js';
import { readSelection } from './read-selections.js';
import { readRankingDefaults } from './read-ranking-defaults.js';
import { assertOptions, type RegistryOptions } from './registry-options.js';
import {
  explainIn,
  type ExplainRequest,
  keysIn,
  listActiveIn,
  listShadowedIn,
  readTarget,
  type RegistryReads,
  requireIn,
  resolveIn,
} from './registry-reads.js';
import { RegistrySnapshot } from './registry-snapshot.js';
import type { RegistryState } from './registry-state.js';
import type { Transaction } from './transaction.js';

/** How the view of a transaction is made; not reachable from outside this module. */
const VIEW = Symbol('transaction view');
interface ViewOptions extends RegistryOptions {
  readonly [VIEW]?: { readonly core: RegistryCore; readonly transaction: Transaction };
}

/**
 * Everything that is offered, and which of it wins.
 *
 * **Writes** (`registerCandidate`, `registerAll`, `replaceSource`, `select`, `clearSelection`, `mark`, `unregister`)
 * go through the registry's reentrant lock, one after the other. Each is a commit of its own, all or nothing: it
 * raises `revision` by one, or joins the transaction it is called in. A write that changes nothing commits nothing.
 * All reject, none throws synchronously; an aborted `signal` or `timeoutMs` ends the wait, never a write begun.
 *
 * **Reads** take no lock and never wait: they see the last published state, or, inside a transaction, what that
 * has so far; never half of a registration or of a transaction, in any interleaving.
 *
 * **Cost**: a `resolve` that was decided before is two `Map` look-ups with strings and one array access with a typed
 * key, and allocates nothing. A registration costs the same however many keys and candidates there are; the first
 * read of a key after it was changed ranks that key's candidates again.
 */
export class CandidateRegistry implements RegistryReads {
  readonly #core: RegistryCore;
  readonly #transaction: Transaction | undefined;

  /** @throws `ONEIRIC_REGISTRY_OPTION_INVALID`, `ONEIRIC_REGISTRY_SELECTION_INVALID`, `ONEIRIC_REGISTRY_NAME_INVALID` */
  constructor(options: RegistryOptions = {}) {
    const view = (options as ViewOptions | null)?.[VIEW];
    this.#core = view?.core ?? new RegistryCore(options, this);
    this.#transaction = view?.transaction;
  }

  /** Rises by one with every commit; 0 for a registry in which nothing was ever committed. */
  get revision(): number {
    return this.#readable('revision').revision;
  }

  /**
   * Offers a candidate. One from the same source (`kind` and `id`) for the same domain, key and provider replaces the
   * earlier one in its place; an identical one changes nothing.
   *
   * @throws `ONEIRIC_REGISTRY_CANDIDATE_INVALID`; inside a transaction also `ONEIRIC_REGISTRY_TX_CHILD_ACTIVE`; and
   * whatever the wait for the lock can end with: the signal's reason, `ONEIRIC_LOCK_TIMEOUT`, `ONEIRIC_LOCK_DEADLOCK`
   */
  registerCandidate<T, S>(input: CandidateInput<T, S>, options?: WriteOptions): Promise<Registration<T, S>> {
    const site = siteGivenBy(options) ?? new CallSite(this, 'registerCandidate', this.#core.projectDir);
    return this.#write('registerCandidate', options, () => {
      const checked = checkCandidate(input);
      return (draft) => this.#registration(draft.register(checked, site)) as Registration<T, S>;
    });
  }

  /**
   * Offers several candidates in one commit: all or none.
   *
   * @throws as `registerCandidate`, and `ONEIRIC_REGISTRY_DUPLICATE` where one source offers a provider twice
   */
  registerAll(inputs: Iterable<CandidateInput>, options?: WriteOptions): Promise<readonly Registration[]> {
    const site = new CallSite(this, 'registerAll', this.#core.projectDir);
    return this.#write('registerAll', options, () => {
      const checked = checkInputs(inputs);
      return (draft) => checked.map((candidate) => this.#registration(draft.register(candidate, site)));
    });
  }

  /**
   * Makes `inputs` all that the source offers, in one commit: adds and replaces what is new or different, retires
   * what the source no longer has, and leaves the rest as it is.
   *
   * @throws as `registerAll`, and `ONEIRIC_REGISTRY_SOURCE_INVALID` for a source that has no identity
   */
  replaceSource(
    source: CandidateSource,
    inputs: Iterable<CandidateInput>,
    options?: WriteOptions,
  ): Promise<SourceChange> {
    const site = new CallSite(this, 'replaceSource', this.#core.projectDir);
    return this.#write('replaceSource', options, () => {
      const { owner, identity } = checkSource(source);
      const checked = checkSourceInputs(owner, inputs);
      return (draft) => {
        const before = draft.membersOf(identity);
        const outcomes = checked.map((candidate) => draft.register(candidate, site));
        const kept = new Set(outcomes.map(({ candidate }) => candidate.sequence));
        const retired = before
          .filter(({ sequence }) => !kept.has(sequence))
          .sort((a, b) => a.sequence - b.sequence);
        draft.retire(retired);
        return sourceChange(outcomes, retired);
      };
    });
  }

  /**
   * Runs `work` as one commit. Calls made inside it, through `tx` or through the registry in the same async context,
   * join it: they read what it has so far, and nobody else does until it commits, which is synchronous. Any throw
   * undoes all of it. A nested transaction is a savepoint.
   *
   * Await what `work` starts. When it settles, nested calls that still wait for their turn leave the transaction and
   * run as writes of their own; where a nested transaction still runs, everything is rolled back.
   *
   * @throws what `work` throws, and `ONEIRIC_REGISTRY_TX_CHILD_ACTIVE`
   */
  transaction<T>(work: (tx: CandidateRegistry) => T | Promise<T>, options?: WriteOptions): Promise<T> {
    return this.#guarded('transaction', () => {
      assertFunction('work', work);
      return this.#core.transact((transaction) => {
        const view: ViewOptions = { [VIEW]: { core: this.#core, transaction } };
        return work(new CandidateRegistry(view));
      }, options);
    });
  }

  resolve<T>(key: Key<T>, request?: ResolveRequest): Candidate<T> | undefined;
  resolve(domain: string, key: string, request?: ResolveRequest): Candidate | undefined;
  resolve(first: unknown, second?: unknown, third?: ResolveRequest): Candidate | undefined {
    const cell = this.#publishedCell(first, second, third);
    if (cell !== undefined && cell.winner !== UNDECIDED) return cell.winner;
    return resolveIn(this.#readable('resolve'), readTarget(first, second, third));
  }

  require<T>(key: Key<T>, request?: ResolveRequest): Candidate<T>;
  require(domain: string, key: string, request?: ResolveRequest): Candidate;
  require(first: string | Key, second?: string | ResolveRequest, third?: ResolveRequest): Candidate {
    return requireIn(this.#readable('require'), readTarget(first, second, third));
  }

  explain(key: Key, request?: ExplainRequest): Explanation;
  explain(domain: string, key: string, request?: ExplainRequest): Explanation;
  explain(first: unknown, second?: unknown, third?: ExplainRequest): Explanation {
    const known = this.#publishedCell(first, second, third)?.slot?.recall(PLAIN_REQUEST);
    return known ?? explainIn(this.#readable('explain'), readTarget(first, second, third));
  }

  listActive(domain?: string): readonly Candidate[] {
    return listActiveIn(this.#readable('listActive'), domain);
  }

  listShadowed(domain?: string): readonly Candidate[] {
    return listShadowedIn(this.#readable('listShadowed'), domain);
  }

  keys(domain?: string): readonly { readonly domain: string; readonly key: string }[] {
    return keysIn(this.#readable('keys'), domain);
  }

  /**
   * Names the provider of a key, as configuration does. A text is a pin: this provider or nothing wins; it need not
   * be registered yet. `{ provider, policy: 'prefer' }` falls back to the ranking.
   *
   * @throws `ONEIRIC_REGISTRY_NAME_INVALID`, `ONEIRIC_REGISTRY_SELECTION_INVALID`
   */
  select(domain: string, key: string, selection: SelectionInput, options?: WriteOptions): Promise<void> {
    return this.#write('select', options, () => {
      assertName('domain', domain);
      assertName('key', key);
      const checked = readSelection(domain, key, selection);
      return (draft) => {
        draft.select(domain, key, checked);
      };
    });
  }

  /** Takes the selection of a key away; does nothing where there is none. */
  clearSelection(domain: string, key: string, options?: WriteOptions): Promise<void> {
    return this.#write('clearSelection', options, () => {
      assertName('domain', domain);
      assertName('key', key);
      return (draft) => {
        draft.select(domain, key, undefined);
      };
    });
  }

  /**
   * Sets the stack order and the default priority, in place of those that the registry has, as its options do.
   * Candidates without a priority of their own are ranked by them in the same commit: a candidate that this changes
   * is replaced by one with the same place in the order of registrations; its marks stay, and so does the use of its
   * `unregister()`. Costs a look at every candidate.
   *
   * @throws `ONEIRIC_REGISTRY_OPTION_INVALID`
   */
  setRankingDefaults(
    defaults: Pick<RegistryOptions, 'stackOrder' | 'defaultPriority' | 'defaultPriorityOrigin'>,
    options?: WriteOptions,
  ): Promise<void> {
    return this.#write('setRankingDefaults', options, () => {
      assertOptions(defaults);
      const checked = readRankingDefaults(defaults);
      return (draft) => {
        draft.rankBy(checked);
      };
    });
  }

  /**
   * Takes a candidate out of the decision for a reason that comes from outside it, or with null lets it back in.
   * Codes are independent of each other. A mark stays when the candidate's source registers it anew.
   *
   * @throws `ONEIRIC_REGISTRY_MARK_INVALID`, `ONEIRIC_REGISTRY_CANDIDATE_UNKNOWN`
   */
  mark(
    candidate: Candidate,
    code: MarkCode,
    detail: MarkDetail | null,
    options?: WriteOptions,
  ): Promise<void> {
    return this.#write('mark', options, () => {
      const checked = checkMark(candidate, code, detail);
      return (draft) => {
        draft.mark(candidate, code, checked, (known) => isDeepStrictEqual(known, checked));
      };
    });
  }

  /**
   * Is the calling context inside a transaction of this registry that is still open? For what must not act on something
   * that may yet be undone.
   */
  get isInTransaction(): boolean {
    this.#assertUsable('isInTransaction');
    return this.#core.isInTransaction;
  }

  /** This very state for good; costs the same however large the registry is. */
  snapshot(): RegistrySnapshot {
    return new RegistrySnapshot(this.#readable('snapshot'));
  }

  /**
   * Calls `listener` once per commit (`decision-changed`: per commit that changed a winner), after publication,
   * outside the lock's section, in revision order; never for what was rolled back. A listener that throws harms
   * nobody: it is reported on the diagnostics channel `oneiric:listener-failed`.
   */
  on<E extends keyof RegistryEvents>(event: E, listener: (event: RegistryEvents[E]) => void): Disposable {
    this.#assertUsable('on');
    assertFunction('listener', listener);
    return this.#core.feed.on(event, listener, this.#core.published.revision);
  }

  /**
   * The cell of what is asked, where the published state answers it: a request without options, made while no
   * transaction is open. A name that finds a cell was checked when the cell was made.
   */
  #publishedCell(first: unknown, second: unknown, third: unknown): KeyCell | undefined {
    const core = this.#core;
    if (core.openTransactions !== 0 || this.#transaction !== undefined) return undefined;
    if (typeof first === 'string')
      return third === undefined ? core.index.find(first, second as string) : undefined;
    if (second !== undefined || typeof first !== 'object' || first === null) return undefined;
    return core.index.findKey(first as Key);
  }

  /** Runs a write: `prepare` checks the input before the lock is asked for, what it returns is done inside. */
  #write<T>(
    method: string,
    options: WriteOptions | undefined,
    prepare: () => (draft: Draft) => T,
  ): Promise<T> {
    return this.#guarded(method, () => this.#core.write(prepare(), named(method, options)));
  }

  /** Whatever `call` throws before it waits becomes a rejection. */
  #guarded<T>(method: string, call: () => Promise<T>): Promise<T> {
    try {
      this.#assertUsable(method);
      return call();
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a list may throw anything
      return Promise.reject(error);
    }
  }

  #readable(method: string): RegistryState {
    this.#assertUsable(method);
    return this.#core.visible;
  }

  /** A transaction's view is of use only inside it. */
  #assertUsable(method: string): void {
    const transaction = this.#transaction;
    if (transaction === undefined) return;
    if (!transaction.isOpen) throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_TX_CLOSED', { method });
    if (!this.#core.isInside(transaction))
      throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_TX_FOREIGN', { method });
  }

  #registration({ candidate, previous }: RegisterOutcome): Registration {
    return new Receipt(candidate, previous, this.#core.unregister);
  }
}

function sourceChange(outcomes: readonly RegisterOutcome[], retired: readonly Candidate[]): SourceChange {
  const candidates = (of: (outcome: RegisterOutcome) => boolean): readonly Candidate[] =>
    outcomes.filter(of).map(({ candidate }) => candidate);
  return {
    added: candidates(({ changed, previous }) => changed && previous === undefined),
    replaced: candidates(({ previous }) => previous !== undefined),
    unchanged: candidates(({ changed }) => !changed),
    retired,
  };
}

/** The options with the method as the section's name; what is no object is left for the lock to refuse. */
function named(method: string, options: WriteOptions | undefined): WriteOptions {
  if (options === undefined) return { name: method };
  return typeof options === 'object' && (options as unknown) !== null && !Array.isArray(options)
    ? { name: method, ...options }
    : options;
}
