import type { Key } from '../foundation/key.js';
import { assertName } from './check-name.js';

const SHARED = Symbol.for('oneiric.keys.v1');

function sharedKeys(): Map<string, Key> {
  const holder = globalThis as { [SHARED]?: Map<string, Key> | undefined };
  return (holder[SHARED] ??= new Map<string, Key>());
}

/**
 * The typed key of a domain and key: `const CACHE = defineKey<Cache>('adapter', 'cache')`.
 *
 * Give it to `resolve`, `require`, `explain`, the container or a live handle instead of two strings: the type of
 * the candidate comes with it, and the look-up is faster. The same names always give the same object.
 * Spread it into a candidate to offer one for it.
 *
 * @throws `ONEIRIC_REGISTRY_NAME_INVALID` for a name that is none.
 */
export function defineKey<T = unknown>(domain: string, key: string): Key<T> {
  assertName('domain', domain);
  assertName('key', key);
  const keys = sharedKeys();
  const name = `${domain}/${key}`;
  let known = keys.get(name);
  if (known === undefined) {
    known = createKey(domain, key, keys.size);
    keys.set(name, known);
  }
  return known as Key<T>;
}

/** The key of `domain/key` where somebody has defined it, in whichever copy of the package. */
export function definedKey(name: string): Key | undefined {
  return sharedKeys().get(name);
}

/** Did `defineKey` make this very object, in whichever copy of the package? Then it is frozen, and its id is dense. */
export function isDefinedKey(key: Key): boolean {
  return sharedKeys().get(`${key.domain}/${key.key}`) === key;
}

/** `id` is not enumerable, so that `{ ...CACHE, provider: 'redis', factory }` is a candidate for the key. */
function createKey(domain: string, key: string, id: number): Key {
  const named = { domain, key };
  Object.defineProperty(named, 'id', { value: id });
  return Object.freeze(named as Key);
}
