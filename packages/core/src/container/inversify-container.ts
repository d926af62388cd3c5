/**
 * An identifier that Inversify's `get`, `getAsync` and `@inject` take and that carries the type of what they give.
 * At run time it is a text; the type is one that a `ServiceIdentifier<T>` of every version of Inversify accepts.
 */
export type ServiceId<T> = abstract new (...args: unknown[]) => T;

/** What can be taken out again, alone. */
interface BindingHandle {
  getIdentifier(): unknown;
}

/**
 * What is used of an Inversify container. It is told by its shape, never by `instanceof`: an application brings its own
 * copy of Inversify.
 */
export interface InversifyContainer {
  bind<T>(id: ServiceId<T>): {
    toDynamicValue(build: () => T | Promise<T>): { inTransientScope(): BindingHandle };
    to(type: new (...args: never[]) => T): { inTransientScope(): BindingHandle };
  };
  get<T>(id: ServiceId<T>): T;
  getAsync<T>(id: ServiceId<T>): Promise<T>;
  isCurrentBound(id: ServiceId<unknown>): boolean;
  unbind(identifier: never): void;
}

const METHODS = ['bind', 'get', 'getAsync', 'isCurrentBound', 'unbind'] as const;

/** Has `value` what is used of a container? */
export function isInversifyContainer(value: unknown): value is InversifyContainer {
  if (typeof value !== 'object' || value === null) return false;
  return METHODS.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');
}
