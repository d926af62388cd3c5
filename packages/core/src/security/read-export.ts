import { nearestName } from '../foundation/nearest-name.js';
import type { RunModule } from './run-module.js';

export type ReadExport =
  | { readonly kind: 'found'; readonly value: unknown }
  | { readonly kind: 'missing'; readonly nearest: string | undefined };

/**
 * What a module exports itself under a name; nothing that an object merely inherits. `default` of a CommonJS module is
 * its `module.exports`, or the `default` in there of one that was compiled from ESM.
 *
 * @throws what an accessor throws
 */
export function readExport({ exports, isCommonJs }: RunModule, name: string): ReadExport {
  const own = typeof exports === 'function' || typeof exports === 'object' ? (exports ?? {}) : {};
  const isTranspiled = isCommonJs && Object.hasOwn(own, '__esModule');
  if (isCommonJs && name === 'default' && !isTranspiled) return { kind: 'found', value: exports };
  if (Object.prototype.propertyIsEnumerable.call(own, name)) {
    return { kind: 'found', value: (own as Readonly<Record<string, unknown>>)[name] };
  }
  const names = Object.keys(own).filter((each) => each !== '__esModule');
  return { kind: 'missing', nearest: nearestName(name, isCommonJs ? ['default', ...names] : names) };
}
