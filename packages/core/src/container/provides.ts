import { describeValue } from '../foundation/describe-value.js';
import { isKey, type Key } from '../foundation/key.js';
import { defineKey } from '../registry/define-key.js';
import { type InjectionPoint, ownFactsOf } from './class-facts.js';
import { argumentInvalid } from './container-errors.js';
import type { ProvidesOffer } from './provides-offer.js';

/**
 * Says which candidate a class is; `resolver.register(RedisCache)` then offers it.
 *
 * `@Provides({ ...CACHE, provider: 'redis' })` above the class, or `Provides({ … })(RedisCache)` without decorators. With
 * a spread typed key the compiler checks that the class makes what the key is for. Works with TypeScript's and with
 * standard decorators; those of parameters exist as TypeScript's only, and a list `inject` does without them.
 */
export function Provides<T>(
  offer: ProvidesOffer<T>,
): (type: abstract new (...args: never[]) => T, context?: unknown) => void {
  if (typeof offer !== 'object' || (offer as unknown) === null) {
    throw argumentInvalid('Provides', describeValue(offer), 'an object { domain, key, … }');
  }
  return (type) => {
    const facts = ownFactsOf(type);
    facts.offer = offer;
    if (offer.inject !== undefined) facts.list = readList(offer.inject, offer.domain);
  };
}

/** The list as injection points. A name without a slash is a key of the class's own domain. */
export function readList(list: unknown, ownDomain: string): readonly InjectionPoint[] {
  if (!Array.isArray(list)) throw argumentInvalid('inject', describeValue(list), 'an array of keys');
  return list.map((entry: unknown, index): InjectionPoint => {
    const isLive = typeof entry === 'object' && entry !== null && 'live' in entry;
    const key = readListed(isLive ? entry.live : entry, ownDomain);
    if (key !== undefined) return { key, kind: isLive ? 'live' : 'candidate' };
    const expected = 'a key made by defineKey, "domain/key", or { live: key }';
    throw argumentInvalid(`inject[${index}]`, describeValue(entry), expected);
  });
}

function readListed(entry: unknown, ownDomain: string): Key | undefined {
  if (isKey(entry)) return defineKey(entry.domain, entry.key);
  if (typeof entry !== 'string') return undefined;
  const slash = entry.indexOf('/');
  return slash < 0 ? defineKey(ownDomain, entry) : defineKey(entry.slice(0, slash), entry.slice(slash + 1));
}
