import { CLEANUP_METHODS } from '../lifecycle/clean-up.js';

/** How often an instance has been closed, counted from now on; undefined where it cannot be closed, or not be counted. */
export function countClosings(instance: unknown): (() => number) | undefined {
  if ((typeof instance !== 'object' && typeof instance !== 'function') || instance === null) return undefined;
  const holder = instance as Record<string | symbol, unknown>;
  let count = 0;
  const counted = CLEANUP_METHODS.filter((name) => {
    const method = name in holder ? holder[name] : undefined;
    if (typeof method !== 'function') return false;
    const value = function (this: unknown, ...args: readonly unknown[]): unknown {
      count += 1;
      return Reflect.apply(method, this, args);
    };
    return Reflect.defineProperty(holder, name, { value, configurable: true, writable: true });
  });
  return counted.length === 0 ? undefined : () => count;
}
