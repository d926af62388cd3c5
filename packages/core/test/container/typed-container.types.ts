/**
 * What the compiler says of the container. `npm test` compiles this file, and the test beside it checks that each line
 * under a directive is refused with the error in the comment above it.
 */
import { Container } from 'inversify';

import { bindRegistry } from '../../src/container/bind-registry.js';
import { Provides } from '../../src/container/provides.js';
import type { Resolver } from '../../src/container/resolver.js';
import { liveServiceId, serviceId } from '../../src/container/service-id.js';
import type { LiveHandle } from '../../src/foundation/live-handle.js';
import { defineKey } from '../../src/registry/define-key.js';
import type { Registration } from '../../src/registry/registration.js';

interface Cache {
  get(name: string): string | undefined;
}
class MapCache implements Cache {
  readonly #map = new Map<string, string>();
  get(name: string): string | undefined {
    return this.#map.get(name);
  }
}

declare const resolver: Resolver;
const CACHE = defineKey<Cache>('adapter', 'cache');
const CLOCK = defineKey<() => number>('service', 'clock');

/** The type of a key comes out of every way to ask. */
export const got: Cache = resolver.get(CACHE);
export const awaited: Promise<Cache> = resolver.getAsync(CACHE, { signal: AbortSignal.abort() });
export const named: unknown = resolver.get('adapter', 'cache');

/** Also out of an Inversify container, whose types accept the identifiers, and which ours accept. */
const container = new Container();
bindRegistry(container, resolver, { onConflict: 'application' });
export const fromContainer: Cache = container.get(serviceId(CACHE));
export const liveFromContainer: Promise<LiveHandle<Cache>> = container.getAsync(liveServiceId(CACHE));

/** It goes into every way to offer. */
export const registered: Promise<Registration<MapCache>> = resolver.register(MapCache, CACHE);
export const asFunction: Promise<Registration<Cache>> = resolver.register({
  ...CACHE,
  inject: { clock: CLOCK, other: 'adapter/other' },
  factory: ({ inject }): Cache => {
    const clock: () => number = inject.clock.proxy;
    const other: LiveHandle<unknown> = inject.other;
    return { get: (name) => `${name}${clock()}${String(other.peek())}` };
  },
});
export const asValue: Promise<Registration<Cache>> = resolver.registerValue(CACHE, new MapCache());
Provides({ ...CACHE, provider: 'map' })(MapCache);
resolver.override(CACHE, new MapCache())();

// error TS2740: Type 'Cache' is missing the following properties from type 'Date'
// @ts-expect-error
export const wrong: Date = resolver.get(CACHE);

// error TS2322: Type 'unknown' is not assignable to type 'Cache'
// @ts-expect-error
export const untyped: Cache = resolver.get('adapter', 'cache');

// error TS2345: Argument of type 'DateConstructor' is not assignable to parameter of type
// @ts-expect-error
Provides({ ...CACHE, provider: 'date' })(Date);

// error TS2345: Argument of type 'DateConstructor' is not assignable to parameter of type 'Newable<Cache>'
// @ts-expect-error
void resolver.register(Date, CACHE);

// error TS2345: Argument of type 'Date' is not assignable to parameter of type 'Cache'
// @ts-expect-error
resolver.override(CACHE, new Date());

// error TS2345: Argument of type 'Date' is not assignable to parameter of type 'Cache'
// @ts-expect-error
void resolver.registerValue(CACHE, new Date());

// error TS2769: No overload matches this call
// @ts-expect-error
void resolver.register({ ...CACHE, factory: () => new Date() });

export const misused: unknown = resolver.register({
  ...CACHE,
  inject: { clock: CLOCK },
  // error TS2322: Type 'number' is not assignable to type 'string'
  // @ts-expect-error
  factory: ({ inject }) => ({ get: (): string => inject.clock.proxy() }),
});

// error TS2345: Argument of type '{}' is not assignable to parameter of type 'InversifyContainer'
// @ts-expect-error
bindRegistry({}, resolver);
