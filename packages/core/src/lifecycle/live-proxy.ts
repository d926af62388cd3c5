import { inspect, type InspectOptions } from 'node:util';

import type { Component } from './component.js';
import { createLiveMethod, isClass, settle, standIn, type LiveMethod } from './live-method.js';
import type { LiveTarget } from './live-target.js';

type Anything = Record<PropertyKey, unknown>;
type Constructable = new (...args: unknown[]) => object;
type Callable = (...args: unknown[]) => unknown;

/**
 * Makes the object that stands in for whatever instance serves.
 *
 * It is an ordinary object, and only its prototype is a `Proxy`: what is read for the first time is not there and goes
 * through the prototype, which puts a method onto the object. From then on a call costs no trap, and a trap alone costs
 * twice what a whole call may. The price: what JavaScript asks of an object's own properties only (`Object.keys`,
 * spread, `JSON.stringify`, `delete`, `Object.defineProperty`) ends at the stand-in and does not reach the instance.
 *
 * @param isCallable The stand-in is a function, for an instance that is one.
 */
export function createLiveProxy(target: LiveTarget, isCallable: boolean): object {
  const methods = new Map<PropertyKey, LiveMethod>();
  const proxy: object = isCallable ? createFunction(target, () => proxy) : {};

  const addMethod = (name: PropertyKey): LiveMethod => {
    const method = createLiveMethod(target, name, proxy);
    methods.set(name, method);
    Reflect.defineProperty(proxy, name, {
      get: method.read,
      set: (value: unknown) => {
        if (!write(name, value)) throw new TypeError(`Cannot assign to read only property '${String(name)}'`);
      },
      configurable: true,
      enumerable: Object.prototype.propertyIsEnumerable.call(shown(target), name),
    });
    return method;
  };

  const read = (name: PropertyKey): unknown => {
    const { instance } = served(target);
    const value = (instance as Anything)[name];
    if (typeof value === 'function' && !isClass(value)) return (methods.get(name) ?? addMethod(name)).call;
    return value === instance ? standIn(value, proxy) : value;
  };

  const write = (name: PropertyKey, value: unknown): boolean => {
    methods.get(name)?.forget();
    const { instance } = served(target);
    return Reflect.set(instance as object, name, value, instance);
  };

  const behind = new Proxy(Object.create(null) as object, {
    get: (_, name) => {
      if (name === 'then') return undefined;
      if (name === 'constructor') return shown(target).constructor;
      return read(name);
    },
    set: (_, name, value) => write(name, value),
    has: (_, name) => name !== 'then' && Reflect.has(shown(target), name),
    ownKeys: () => Reflect.ownKeys(shown(target)),
    // Only told as configurable may a property be told that the object behind the traps does not have.
    getOwnPropertyDescriptor: (_, name) => {
      const property = Reflect.getOwnPropertyDescriptor(shown(target), name);
      return property === undefined ? undefined : { ...property, configurable: true };
    },
    getPrototypeOf: () => Reflect.getPrototypeOf(shown(target)),
  });
  Object.setPrototypeOf(proxy, behind);
  Object.defineProperty(proxy, inspect.custom, {
    value: (_depth: number, options: InspectOptions) =>
      `Live<${target.domain}/${target.key}> ${inspect(target.current?.instance, options)}`,
  });
  return proxy;
}

/** A function that has no properties of its own, so that those of the instance are seen through it. */
function createFunction(target: LiveTarget, proxyOf: () => object): object {
  function stand(...args: unknown[]): unknown {
    const component = served(target);
    const instance = component.instance as Callable & Constructable;
    const newTarget = new.target as unknown as Constructable | undefined;
    component.leases++;
    let result: unknown;
    try {
      result =
        newTarget === undefined
          ? instance(...args)
          : Reflect.construct(instance, args, newTarget === (stand as unknown) ? instance : newTarget);
    } catch (error) {
      component.endLease();
      throw error;
    }
    if (Object(result) === result) return settle(component, result as object, proxyOf());
    component.endLease();
    return result;
  }
  // Bound, because that alone can be constructed and has no `prototype` that cannot be taken away.
  const bound = stand.bind(undefined) as unknown as Anything;
  delete bound['name'];
  delete bound['length'];
  return bound;
}

/** What a call gets now. @throws the target's refusal */
function served(target: LiveTarget): Component {
  const { serving } = target;
  if (serving === undefined) throw target.refusal();
  return serving;
}

/** What questions about the shape are answered from, which nobody has to wait for: what runs, or an empty object. */
function shown(target: LiveTarget): object {
  return Object((target.serving ?? target.current)?.instance) as object;
}
