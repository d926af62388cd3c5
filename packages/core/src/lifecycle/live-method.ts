import { types } from 'node:util';

import { createError } from '../errors/oneiric-error.js';
import type { Component } from './component.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import type { LiveTarget } from './live-target.js';

type Callable = (...args: unknown[]) => unknown;
type Anything = Readonly<Record<PropertyKey, unknown>>;

/** A method of a live proxy. */
export interface LiveMethod {
  /** The function that the proxy gives: always the same, whatever instance serves. */
  readonly call: Callable;
  /** What the proxy has under the name now: `call`, also where nothing serves; or what is no method, as it is. */
  readonly read: () => unknown;
  /** Looks anew at the next call: something was written. */
  readonly forget: () => void;
}

const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called by `apply` only
const { then } = Promise.prototype;
const nothing = (): void => undefined;

/**
 * Makes the function that calls `name` on whatever instance serves, with a lease for the time that the call takes.
 *
 * To look a function up by a name that is not in the source costs as much as all the rest of the call. Hence one that
 * the instance has from its class is looked up once per instance. Any other may change at any time (a logger's methods
 * do with its level), and is looked up for every call.
 */
export function createLiveMethod(target: LiveTarget, name: PropertyKey, proxy: object): LiveMethod {
  let settled: Callable = nothing;
  let settledFor = 0; // The serial of the component whose class gave `settled`.
  let seenFor = 0; // The serial of the component that was looked at last.
  let handed: Callable = nothing;
  let handedFor = 0; // The serial of the component that `handed` was just read from, for the call that follows.

  const find = (component: Component): Callable => {
    const { serial, instance } = component;
    if (serial !== seenFor) {
      seenFor = serial;
      const inherited = inheritedFromClass(instance, name);
      if (inherited !== undefined) {
        settledFor = serial;
        return (settled = inherited);
      }
    }
    const found = (instance as Anything)[name];
    if (typeof found !== 'function') throw missing(target, component, name);
    return found as Callable;
  };

  const call = (...args: unknown[]): unknown => {
    const component = target.serving;
    if (component === undefined) throw target.refusal();
    const { serial } = component;
    let method = settled;
    if (serial !== settledFor) {
      method = serial === handedFor ? handed : find(component);
      handedFor = 0;
      handed = nothing;
    }
    component.leases++;
    let result: unknown;
    try {
      result = apply(method, component.instance, args);
    } catch (error) {
      component.endLease();
      throw error;
    }
    if ((typeof result === 'object' && result !== null) || typeof result === 'function') {
      return settle(component, result, proxy);
    }
    component.endLease();
    return result;
  };
  Object.defineProperty(call, 'name', { value: nameOf(name), configurable: true });

  const read = (): unknown => {
    const component = target.serving;
    if (component === undefined || component.serial === settledFor) return call;
    const { instance, serial } = component;
    const value = (instance as Anything)[name];
    if (typeof value === 'function') {
      if (serial === seenFor) {
        handed = value as Callable;
        handedFor = serial;
        return call;
      }
      if (!isClass(value)) return call;
    }
    return value === instance ? standIn(value, proxy) : value;
  };

  const forget = (): void => {
    handedFor = 0;
    settledFor = 0;
    seenFor = 0;
  };

  return { call, read, forget };
}

/** What the proxy gives in the place of the instance itself: the proxy, unless the instance is no object. */
export function standIn(instance: unknown, proxy: object): unknown {
  return Object(instance) === instance ? proxy : instance;
}

/** Ends the lease of a call that gave an object or a function: where that is a native promise, when it settles. */
export function settle(component: Component, result: object, proxy: object): unknown {
  if (isNativePromise(result)) follow(component, result);
  else component.endLease();
  return result === component.instance ? proxy : result;
}

/** Says so without a look at `value.then`: reading it is enough to start some queries. */
function isNativePromise(value: object): value is Promise<unknown> {
  try {
    // Nearly every object is told by one of the first two, for a fraction of what the third costs; that one is for
    // promises of another realm.
    return value instanceof Promise || ('then' in value && types.isPromise(value));
  } catch {
    return false; // A revoked proxy.
  }
}

/** By the `then` that all native promises have, not by one that a subclass puts over it: that may begin something. */
function follow(component: Component, promise: Promise<unknown>): void {
  try {
    const { release } = component;
    void apply(then, promise, [release, release]);
  } catch {
    component.endLease(); // Only looks like a promise, or is of a class that cannot be derived from.
  }
}

function missing({ domain, key }: LiveTarget, { candidate }: Component, name: PropertyKey): Error {
  const { provider } = candidate;
  const method = nameOf(name);
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_METHOD_MISSING', { domain, key, provider, method });
}

/** The function that `instance` has from a class; undefined where it has one of its own, from a getter, or none. */
function inheritedFromClass(instance: unknown, name: PropertyKey): Callable | undefined {
  let holder: object | null = Object(instance) as object;
  while (holder !== null && !Object.hasOwn(holder, name)) holder = getPrototypeOf(holder);
  if (holder === null) return undefined;
  const maker: unknown = getOwnPropertyDescriptor(holder, 'constructor')?.value;
  if (typeof maker !== 'function' || maker.prototype !== holder) return undefined;
  const found: unknown = getOwnPropertyDescriptor(holder, name)?.value;
  // An instance that is a proxy may answer otherwise than its class.
  return typeof found === 'function' && found === (instance as Anything)[name]
    ? (found as Callable)
    : undefined;
}

/** A class is a value rather than a method: it is made instances of, and `instanceof` has to see the very same. */
export function isClass(value: object): boolean {
  return getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}

function nameOf(name: PropertyKey): string {
  return typeof name === 'symbol' ? `[${name.description ?? ''}]` : String(name);
}
