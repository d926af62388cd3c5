import { describeValue } from '../foundation/describe-value.js';
import { isKey, type Key } from '../foundation/key.js';
import { defineKey } from '../registry/define-key.js';
import { type AnyClass, type InjectionPoint, ownFactsOf } from './class-facts.js';
import { argumentInvalid } from './container-errors.js';
import { idOf } from './inherit-injections.js';
import { noteInjection } from './inversify.js';

/** Marks a parameter of a constructor (as a decorator, or called with the class and the number) or a property. */
export type MarkInjection = (
  target: object,
  property: string | symbol | undefined,
  parameter?: number,
) => void;

/**
 * The parameter is given what `resolver.get(key)` gives: for a singleton the live handle's proxy, which follows swaps.
 *
 * `constructor(@InjectCandidate(CACHE) cache: Cache)`, with TypeScript's `experimentalDecorators`; without them
 * `InjectCandidate(CACHE)(OrderService, undefined, 0)`. The key is a `Key`, or two names. It is an `@inject` of
 * Inversify, too, so that it works in every class that a bound container builds.
 */
export function InjectCandidate(key: Key): MarkInjection;
export function InjectCandidate(domain: string, key: string): MarkInjection;
export function InjectCandidate(first: unknown, second?: unknown): MarkInjection {
  return mark({ key: readKey('InjectCandidate', first, second), kind: 'candidate' });
}

/** The parameter is given the `LiveHandle` of the key: `use` leases the instance, and starts what does not run. */
export function InjectLive(key: Key): MarkInjection;
export function InjectLive(domain: string, key: string): MarkInjection;
export function InjectLive(first: unknown, second?: unknown): MarkInjection {
  return mark({ key: readKey('InjectLive', first, second), kind: 'live' });
}

function mark(point: InjectionPoint): MarkInjection {
  const id = idOf(point);
  return (target, property, parameter) => {
    noteInjection(id, target, property, parameter);
    if (parameter !== undefined) {
      ownFactsOf(target as AnyClass).parameters.set(parameter, point);
    } else if (property !== undefined) {
      ownFactsOf(target.constructor as AnyClass).properties.set(property, point);
    }
  };
}

/** A key made by `defineKey`, or the one of two names. */
export function readKey(what: string, first: unknown, second: unknown): Key {
  if (typeof first === 'string' && typeof second === 'string') return defineKey(first, second);
  if (isKey(first)) return defineKey(first.domain, first.key);
  throw argumentInvalid(what, describeValue(first), 'a key made by defineKey, or a domain and a key');
}
