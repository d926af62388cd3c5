import type { Key } from '../foundation/key.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import type { ServiceId } from './inversify-container.js';

/**
 * The identifier under which `bindRegistry` puts a key into an Inversify container, with its type:
 * `container.get(serviceId(CACHE))` is a `Cache`. It is the text `adapter/cache`, which does as well, without the type.
 */
export function serviceId<T>(key: Key<T>): ServiceId<T> {
  return nameOf(key) as unknown as ServiceId<T>;
}

/** The identifier of the live handle of a key. */
export function liveServiceId<T>(key: Key<T>): ServiceId<LiveHandle<T>> {
  return Symbol.for(`oneiric.live:${nameOf(key)}`) as unknown as ServiceId<LiveHandle<T>>;
}

/** `domain/key` */
function nameOf({ domain, key }: { readonly domain: string; readonly key: string }): string {
  return `${domain}/${key}`;
}
