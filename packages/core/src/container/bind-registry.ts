import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isKey, type Key } from '../foundation/key.js';
import type { LifecycleManager } from '../lifecycle/lifecycle-manager.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import { defineKey } from '../registry/define-key.js';
import { argumentInvalid, CONTAINER_ERRORS } from './container-errors.js';
import { explainUnbound } from './explain-unbound.js';
import { type InversifyContainer, isInversifyContainer, type ServiceId } from './inversify-container.js';
import { KeyBindings } from './key-bindings.js';
import { Resolver } from './resolver.js';
import { type ResolverCore, resolverCoreOf } from './resolver-core.js';
import { watchContainer } from './watch-container.js';

/** Who counts where the application has bound an identifier itself. */
export type BindingConflict = 'refuse' | 'application' | 'registry';

export interface BindRegistryOptions {
  /**
   * `refuse` (default): nothing is bound. `application`: its binding stays. `registry`: its binding is taken out, with
   * Inversify's deactivation of it, and does not come back.
   */
  readonly onConflict?: BindingConflict;
}

/** A registry in a container; disposing it takes out what it put in, and nothing else. */
export interface RegistryBinding extends Disposable, AsyncDisposable {
  /** Gives what the container gives, with errors that tell the whole path. */
  readonly resolver: Resolver;
}

/** What can be bound: a registry, a resolver, or what `createOneiric` gives. */
export type BindingSource =
  | CandidateRegistry
  | Resolver
  | { readonly registry: CandidateRegistry; readonly lifecycle: LifecycleManager };

const CONFLICTS: readonly unknown[] = ['refuse', 'application', 'registry'];

/**
 * Puts a registry into an application's own Inversify container. Each key gets one binding that is never changed, for
 * the key object, the text `domain/key` and its live handle; keys that come later get theirs when they come. So
 * `container.get(serviceId(CACHE))` and `@inject('adapter/cache')` give what `Resolver.get` gives, now and after every
 * swap; `container.getAsync` starts what does not run; child containers see the same. Inversify caches nothing of it. The
 * container's `get` is noted while it runs, so that its errors can say that it came too early, and nothing is started; a
 * key that nobody has ever offered is told as a resolver tells it. `snapshot` and `restore` leave every key bound.
 *
 * Classes that the resolver registers are from now on constructed by this container, so that they may have the
 * application's own `@inject` parameters, too.
 *
 * A singleton of the application, which Inversify keeps, keeps also that what it needs could not be started: asked for by
 * `container.getAsync` it fails for ever. Start that first, by the lifecycle's `activateAll` or `activate`, which can be
 * tried again; then `container.get` builds the application's classes at once.
 *
 * Of a bare registry the lifecycle is made here, and closed by `await using` or `[Symbol.asyncDispose]` alone.
 *
 * @throws `ONEIRIC_CONTAINER_ALREADY_BOUND`, `ONEIRIC_CONTAINER_ARGUMENT_INVALID`. Of a conflict with a key that comes
 * later the channel `oneiric:listener-failed` is told, and the application's binding stays.
 */
export function bindRegistry(
  container: InversifyContainer,
  source: BindingSource,
  options: BindRegistryOptions = {},
): RegistryBinding {
  const { onConflict = 'refuse' } = options;
  if (!isInversifyContainer(container)) {
    throw argumentInvalid('container', describeValue(container), 'an Inversify container');
  }
  if (!CONFLICTS.includes(onConflict)) {
    throw argumentInvalid('onConflict', describeValue(onConflict), '"refuse", "application" or "registry"');
  }
  const { resolver, isOwn } = resolverOf(source);
  const { classes } = resolverCoreOf(resolver) as ResolverCore;
  const bindings = new KeyBindings(container, classes);
  const bind = (keys: readonly Key[]): void => {
    const missing = keys.filter((key) => !bindings.has(key));
    const foreign = missing.flatMap((key) => bindings.foreign(key));
    if (foreign.length > 0 && onConflict === 'refuse') throw alreadyBound(foreign);
    if (onConflict === 'registry') for (const id of foreign) container.unbind(id as never);
    for (const key of missing) bindings.bind(key, onConflict === 'registry' ? [] : foreign);
  };
  bind(resolver.registry.keys().map(({ domain, key }) => defineKey(domain, key)));
  const listening = resolver.registry.on('changed', ({ changes }) => {
    bind(changes.flatMap((change) => (change.kind === 'registered' ? [keyOf(change.candidate)] : [])));
  });
  const release = classes.use(container, bindings);
  const unwatch = watchContainer(container, {
    explain: (error, id) => explainUnbound(error, id, resolver.registry),
    onSnapshot: () => {
      bindings.onSnapshot();
    },
    onRestore: () => {
      bindings.onRestore();
    },
  });
  const dispose = (): void => {
    listening[Symbol.dispose]();
    release();
    unwatch();
    bindings.release();
  };
  return {
    resolver,
    [Symbol.dispose]: dispose,
    async [Symbol.asyncDispose]() {
      dispose();
      if (isOwn) await resolver.lifecycle.close();
    },
  };
}

function keyOf({ domain, key }: { readonly domain: string; readonly key: string }): Key {
  return defineKey(domain, key);
}

function resolverOf(source: BindingSource): { readonly resolver: Resolver; readonly isOwn: boolean } {
  if (source instanceof Resolver) return { resolver: source, isOwn: false };
  if (typeof source === 'object' && (source as unknown) !== null && 'lifecycle' in source) {
    const { registry, lifecycle } = source;
    return { resolver: new Resolver({ registry, lifecycle }), isOwn: false };
  }
  return { resolver: new Resolver({ registry: source as CandidateRegistry }), isOwn: true };
}

function alreadyBound(ids: readonly ServiceId<unknown>[]): Error {
  const identifiers = ids.map(describeId);
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_ALREADY_BOUND', { identifiers });
}

function describeId(id: unknown): string {
  return isKey(id) ? `the key of ${id.domain}/${id.key}` : describeValue(id);
}
