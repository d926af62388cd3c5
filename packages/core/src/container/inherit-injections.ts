import { type AnyClass, basesOf, type InjectionPoint, ownFactsOf } from './class-facts.js';
import { noteInjection } from './inversify.js';
import { liveServiceId, serviceId } from './service-id.js';

/** The identifier by which Inversify is told what a parameter or a property is given. */
export function idOf({ key, kind }: InjectionPoint) {
  return kind === 'live' ? liveServiceId(key) : serviceId(key);
}

/**
 * Lets a class have the injected properties of its bases and, where it has no constructor of its own, the parameters of
 * theirs. Inversify inherits neither by itself.
 */
export function inheritInjections(type: AnyClass): void {
  const own = ownFactsOf(type);
  let isOpen = type.length === 0 && own.parameters.size === 0 && own.list === undefined;
  for (const base of basesOf(type)) {
    const facts = ownFactsOf(base);
    for (const [property, point] of facts.properties) {
      if (own.properties.has(property)) continue;
      own.properties.set(property, point);
      note(point, type.prototype as object, property, undefined);
    }
    if (isOpen) {
      if (facts.list !== undefined) own.list = facts.list;
      for (const [index, point] of facts.parameters) {
        own.parameters.set(index, point);
        note(point, type, undefined, index);
      }
    }
    isOpen &&= base.length === 0 && facts.parameters.size === 0 && facts.list === undefined;
  }
}

/** Where the class has Inversify's own `@injectFromBase`, that knows it already and refuses to be told again. */
function note(
  point: InjectionPoint,
  target: object,
  property: string | symbol | undefined,
  parameter: number | undefined,
): void {
  try {
    noteInjection(idOf(point), target, property, parameter);
  } catch {
    // What is missing all the same is told when the class is constructed.
  }
}
