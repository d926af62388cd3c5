import type { Candidate, CandidateInput } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import type { ResolveRequest } from '../decision/request.js';
import { OneiricError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import type { Key } from '../foundation/key.js';
import { keepOpen } from '../lifecycle/clean-up.js';
import type { LifecycleManager } from '../lifecycle/lifecycle-manager.js';
import { CallSite, onBehalfOf } from '../registry/call-site.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import type { Registration } from '../registry/registration.js';
import type { ExplainRequest } from '../registry/registry-reads.js';
import { containerSource } from './container-source.js';
import { classCandidate, type Newable } from './class-provider.js';
import { argumentInvalid, graphInvalid } from './container-errors.js';
import type { FunctionProvider, InjectMap } from './function-provider.js';
import { Giver } from './giver.js';
import type { GraphProblem } from './graph-problem.js';
import { readKey } from './inject-candidate.js';
import { Overrides, type Restore } from './overrides.js';
import type { ProvidesOffer } from './provides-offer.js';
import type { KeyEntry } from './key-entry.js';
import { rememberCore, ResolverCore } from './resolver-core.js';
import { footingOf, type ResolverOptions } from './resolver-options.js';
import { ScopeInstances } from './scope-instances.js';
import { graphProblems } from './validate-graph.js';

/** How a scope is made; not reachable from outside this module. */
const GIVER = Symbol('giver');
interface ScopeOptions extends ResolverOptions {
  readonly [GIVER]?: Giver;
}

export interface GetOptions {
  /** Ends the caller's wait; nothing is undone that others wait for, too. */
  readonly signal?: AbortSignal;
}

/**
 * Gives an application its components by key: what the registry decides, run by the lifecycle, put together here.
 *
 * - A **singleton** is given as the proxy of its live handle: always the same object, which follows every swap. It is
 *   started by `getAsync`, and `get` gives it from then on. Functions and primitives are given as they are.
 * - A **transient** is built anew for each who asks. It belongs to whoever asked: nobody closes it.
 * - A **scoped** one is built once in each scope (`createScope`), stays for as long as the scope, and is closed with it.
 *
 * Nothing is built where the graph is not sound: a missing link, a circle, a singleton that would hold something
 * shorter-lived. The error tells the whole path to it.
 */
export class Resolver implements AsyncDisposable {
  readonly registry: CandidateRegistry;
  readonly lifecycle: LifecycleManager;
  readonly #core: ResolverCore;
  readonly #giver: Giver;
  readonly #scopes = new Set<Resolver>();
  #closeFooting: (() => Promise<void>) | undefined;
  #disposal: Promise<void> | undefined;

  /** @throws `ONEIRIC_CONTAINER_ARGUMENT_INVALID`, and what a registry's and a lifecycle's options are refused with */
  constructor(options: ResolverOptions = {}) {
    const giver = (options as ScopeOptions | null)?.[GIVER];
    if (giver === undefined) {
      const { registry, lifecycle, ownsLifecycle } = footingOf(options);
      this.#core = new ResolverCore(registry, lifecycle);
      this.#giver = new Giver(this.#core, new Overrides());
      this.#core.classes.source = containerSource(this.#giver);
      if (ownsLifecycle) this.#closeFooting = () => lifecycle.close();
    } else {
      this.#core = giver.core;
      this.#giver = giver;
    }
    rememberCore(this, this.#core);
    this.registry = this.#core.registry;
    this.lifecycle = this.#core.lifecycle;
  }

  /**
   * Offers a candidate: an input as the registry takes it, a function provider with typed `inject`, or a class that
   * says with `@Provides`, or here, what it provides.
   *
   * @throws as `registry.registerCandidate`, and `ONEIRIC_CONTAINER_CLASS_INVALID`
   */
  register<C extends Newable>(type: C): Promise<Registration<InstanceType<C>>>;
  register<T, C extends Newable<T>>(type: C, offer: ProvidesOffer<T>): Promise<Registration<InstanceType<C>>>;
  register<T, S, const I extends InjectMap>(provider: FunctionProvider<T, S, I>): Promise<Registration<T, S>>;
  register<T, S>(input: CandidateInput<T, S> & Pick<ProvidesOffer<T>, '__type'>): Promise<Registration<T, S>>;
  async register(what: unknown, offer?: ProvidesOffer<unknown>): Promise<Registration> {
    const site = onBehalfOf(new CallSite(this, 'register', process.cwd()));
    const input =
      typeof what === 'function'
        ? classCandidate(what as Newable, offer, this.#core.classes.construct)
        : (what as CandidateInput);
    return await this.registry.registerCandidate(input, site);
  }

  /**
   * Offers a value that is there already, as a singleton. Where it wins it is active at once: there is nothing to start.
   * It is never closed here: whoever made it does that. Inside a transaction, which may yet be undone, it is not started.
   *
   * @throws as `registry.registerCandidate`, and `ONEIRIC_CONTAINER_ARGUMENT_INVALID` for null and undefined
   */
  async registerValue<T>(
    offer: Omit<ProvidesOffer<T>, 'inject' | 'scope'>,
    value: T,
  ): Promise<Registration<T>> {
    const site = onBehalfOf(new CallSite(this, 'registerValue', process.cwd()));
    assertThere('registerValue', value, 'a value');
    const scope = (offer as { readonly scope?: unknown } | undefined)?.scope ?? 'singleton';
    if (scope !== 'singleton')
      throw argumentInvalid('scope', describeValue(scope), '"singleton", as of any value');
    keepOpen(value);
    const registration = await this.registry.registerCandidate({ ...offer, factory: () => value }, site);
    const { candidate } = registration;
    const { domain, key } = candidate;
    try {
      if (this.registry.resolve(domain, key) === candidate) await this.lifecycle.activate(domain, key);
    } catch (error) {
      if (!OneiricError.is(error, 'ONEIRIC_LIFECYCLE_IN_TRANSACTION')) throw error;
    }
    return registration;
  }

  /** The candidate that wins, or undefined: as `registry.resolve`. */
  resolve<T>(key: Key<T>, request?: ResolveRequest): Candidate<T> | undefined;
  resolve(domain: string, key: string, request?: ResolveRequest): Candidate | undefined;
  resolve(...args: unknown[]): Candidate | undefined {
    return this.registry.resolve(...(args as [string, string, ResolveRequest?]));
  }

  /** The decision with its reasons: as `registry.explain`. */
  explain(key: Key, request?: ExplainRequest): Explanation;
  explain(domain: string, key: string, request?: ExplainRequest): Explanation;
  explain(...args: unknown[]): Explanation {
    return this.registry.explain(...(args as [string, string, ExplainRequest?]));
  }

  listActive(domain?: string): readonly Candidate[] {
    return this.registry.listActive(domain);
  }

  listShadowed(domain?: string): readonly Candidate[] {
    return this.registry.listShadowed(domain);
  }

  /**
   * The component, at once.
   *
   * @throws `ONEIRIC_CONTAINER_NOT_ACTIVE` for a singleton that does not run, `ONEIRIC_CONTAINER_ASYNC` for what takes
   * an await to build, `ONEIRIC_CONTAINER_SCOPE_NEEDED`, `ONEIRIC_CONTAINER_MISSING`, `ONEIRIC_CONTAINER_CYCLE`,
   * `ONEIRIC_CONTAINER_SCOPE_LEAK`, `ONEIRIC_CONTAINER_FAILED`, `ONEIRIC_CONTAINER_CLOSED`
   */
  get<T>(key: Key<T>): T;
  get(domain: string, key: string): unknown;
  get(first: unknown, second?: unknown): unknown {
    return this.#giver.give(this.#entryOf('get', first, second));
  }

  /**
   * The component, after it and what it needs were started and built.
   *
   * @throws as `get`, and what the lifecycle's `activate` rejects with
   */
  getAsync<T>(key: Key<T>, options?: GetOptions): Promise<T>;
  getAsync(domain: string, key: string, options?: GetOptions): Promise<unknown>;
  async getAsync(first: unknown, second?: unknown, third?: GetOptions): Promise<unknown> {
    const options = (typeof first === 'string' ? third : second) as GetOptions | undefined;
    return await this.#giver.giveAsync(this.#entryOf('getAsync', first, second), options?.signal);
  }

  /**
   * Gives `fake` in the place of a component until it is restored: by calling what it returns, or by `using`.
   *
   * On a resolver everybody sees it who asks it, a scope of it or the lifecycle for the key, at whatever time they began,
   * and everybody who holds the proxy or the live handle of a singleton; nothing is started or stopped for it. On a scope
   * only whoever asks that scope, or one below it. What was built of it meanwhile keeps it, where it is no singleton.
   * Overrides of one key nest; the last counts.
   *
   * @throws `ONEIRIC_CONTAINER_ARGUMENT_INVALID` where there is no fake, `ONEIRIC_CONTAINER_CLOSED`
   */
  override<T>(key: Key<T>, fake: NoInfer<T>): Restore;
  override(domain: string, key: string, fake: unknown): Restore;
  override(first: unknown, second: unknown, third?: unknown): Restore {
    const { key } = this.#entryOf('override', first, second);
    const fake = typeof first === 'string' ? third : second;
    assertThere('override', fake, `something to stand in for ${key.domain}/${key.key}`);
    this.#giver.assertOpen();
    const isLive = this.#giver.instances === undefined;
    const live = isLive ? this.#core.substitute(key, fake) : undefined;
    this.#core.overrides++;
    return this.#giver.overrides.add(key, { instance: fake, isLive }, () => {
      this.#core.overrides--;
      live?.[Symbol.dispose]();
    });
  }

  /**
   * A resolver for one request, job or test, with scoped components of its own. It ends with `dispose`. The registry is
   * that of all: what is registered through a scope is there for everybody. For the scope alone there is `override`.
   */
  createScope(): Resolver {
    const overrides = new Overrides(this.#giver.overrides);
    const giver = new Giver(this.#core, overrides, new ScopeInstances(this.#core.settings));
    this.#giver.assertOpen();
    const options: ScopeOptions = { [GIVER]: giver };
    const scope = new Resolver(options);
    this.#scopes.add(scope);
    scope.#closeFooting = async () => {
      this.#scopes.delete(scope);
    };
    return scope;
  }

  /** Everything that is wrong with what is registered; empty where all of it fits together. Nothing is built. */
  validate(): readonly GraphProblem[] {
    return graphProblems(this.registry);
  }

  /** @throws `ONEIRIC_CONTAINER_GRAPH_INVALID` with everything that `validate` finds */
  assertValid(): void {
    const problems = this.validate();
    if (problems.length > 0) throw graphInvalid(problems);
  }

  /**
   * Ends it, once: the scopes below it, then its own scoped components in reverse order of building, then the lifecycle,
   * where the resolver has made that itself. Whatever cannot be closed does not keep the rest from it.
   *
   * @throws `AggregateError` with everything that could not be closed
   */
  dispose(): Promise<void> {
    return (this.#disposal ??= this.#dispose());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #dispose(): Promise<void> {
    this.#giver.isClosed = true;
    const ends = [
      ...[...this.#scopes].map((scope) => () => scope.dispose()),
      async () => this.#giver.instances?.dispose(),
      async () => this.#closeFooting?.(),
    ];
    const errors: unknown[] = [];
    for (const end of ends) {
      await end().catch((error: unknown) => {
        errors.push(...(error instanceof AggregateError ? (error.errors as unknown[]) : [error]));
      });
    }
    if (errors.length > 0)
      throw new AggregateError(errors, `${errors.length} components could not be closed.`);
  }

  #entryOf(what: string, first: unknown, second: unknown): KeyEntry {
    const known = this.#core.find(first);
    if (known !== undefined) return known;
    this.#giver.assertOpen();
    return this.#core.entryOf(readKey(what, first, second));
  }
}

/** No component is null or undefined. */
function assertThere(what: string, value: unknown, expected: string): void {
  if (value === undefined || value === null) throw argumentInvalid(what, describeValue(value), expected);
}
