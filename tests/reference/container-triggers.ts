import { CandidateRegistry } from '@oneiric/core';
import { bindRegistry, InjectCandidate, Provides, Resolver } from '@oneiric/core/container';

type Scope = 'singleton' | 'transient' | 'scoped';

/** Offers of keys in the domain `service`, each with what it needs. */
async function resolverWith(
  offers: Readonly<
    Record<string, { readonly needs?: string; readonly scope?: Scope; readonly factory?: () => unknown }>
  >,
): Promise<Resolver> {
  const resolver = new Resolver();
  for (const [key, { needs, scope = 'singleton', factory = () => ({}) }] of Object.entries(offers)) {
    const inject = needs === undefined ? {} : { [needs]: needs };
    await resolver.register({ domain: 'service', key, scope, inject, factory });
  }
  return resolver;
}

/** One way to each error of the container. */
export const CONTAINER_TRIGGERS: Readonly<Record<string, () => unknown>> = {
  ONEIRIC_CONTAINER_MISSING: async () => {
    const resolver = await resolverWith({
      orders: { needs: 'payments' },
      payments: { needs: 'clokc' },
      clock: {},
    });
    return resolver.getAsync('service', 'orders');
  },
  ONEIRIC_CONTAINER_CYCLE: async () => {
    const resolver = await resolverWith({ orders: { needs: 'payments' }, payments: { needs: 'orders' } });
    return resolver.getAsync('service', 'orders');
  },
  ONEIRIC_CONTAINER_SCOPE_LEAK: async () => {
    const resolver = await resolverWith({ orders: { needs: 'session' }, session: { scope: 'scoped' } });
    return resolver.getAsync('service', 'orders');
  },
  ONEIRIC_CONTAINER_SCOPE_NEEDED: async () => {
    return (await resolverWith({ session: { scope: 'scoped' } })).get('service', 'session');
  },
  ONEIRIC_CONTAINER_NOT_ACTIVE: async () => (await resolverWith({ orders: {} })).get('service', 'orders'),
  ONEIRIC_CONTAINER_ASYNC: async () => {
    return (await resolverWith({ job: { scope: 'transient', factory: async () => ({}) } })).get(
      'service',
      'job',
    );
  },
  ONEIRIC_CONTAINER_FAILED: async () => {
    const factory = (): never => {
      throw new Error('connect ECONNREFUSED 127.0.0.1:5432');
    };
    const scope = 'transient';
    const resolver = await resolverWith({ job: { needs: 'rows', scope }, rows: { scope, factory } });
    return resolver.get('service', 'job');
  },
  ONEIRIC_CONTAINER_CLOSED: async () => {
    const scope = (await resolverWith({ orders: {} })).createScope();
    await scope.dispose();
    return scope.get('service', 'orders');
  },
  ONEIRIC_CONTAINER_CLASS_INVALID: () =>
    new Resolver().register(
      class Orders {
        readonly list = [];
      },
    ),
  ONEIRIC_CONTAINER_ALREADY_BOUND: async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate({ domain: 'adapter', key: 'cache', factory: () => ({}) });
    const taken = new Set<unknown>(['adapter/cache']);
    const container = {
      bind: () => ({}),
      get: () => ({}),
      getAsync: () => Promise.resolve({}),
      unbind: () => undefined,
      isCurrentBound: (id: unknown) => taken.has(id),
    };
    bindRegistry(container as never, registry);
  },
  ONEIRIC_CONTAINER_ARGUMENT_INVALID: () => {
    Provides({ domain: 'service', key: 'orders' })(
      class Orders {
        readonly list = [];
      },
    );
    InjectCandidate('adapter/cache' as never);
  },
  ONEIRIC_CONTAINER_GRAPH_INVALID: async () => {
    const resolver = await resolverWith({
      orders: { needs: 'payments' },
      session: { scope: 'scoped' },
      audit: { needs: 'session' },
    });
    resolver.assertValid();
  },
};
