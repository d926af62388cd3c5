import type { JsonValue } from '../foundation/json.js';

const MAX_DEPTH = 64;

/**
 * A deeply frozen copy of `value`, or undefined where JSON could not carry it: functions, numbers that are not
 * finite, big integers, cycles, more than 64 levels. Properties that are undefined are left out. A name such as
 * `__proto__` stays an ordinary property and pollutes nothing.
 */
export function frozenJson(value: unknown, depth = 0): JsonValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'object':
      if (value === null) return null;
      if (depth >= MAX_DEPTH) return undefined;
      return Array.isArray(value) ? frozenArray(value, depth) : frozenObject(value, depth);
    default:
      return undefined;
  }
}

function frozenArray(value: readonly unknown[], depth: number): JsonValue | undefined {
  const copy: JsonValue[] = [];
  for (const item of value) {
    const itemCopy = frozenJson(item, depth + 1);
    if (itemCopy === undefined) return undefined;
    copy.push(itemCopy);
  }
  return Object.freeze(copy);
}

function frozenObject(value: object, depth: number): JsonValue | undefined {
  const copy: Record<string, JsonValue> = {};
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const itemCopy = frozenJson(item, depth + 1);
    if (itemCopy === undefined) return undefined;
    if (name === '__proto__') Object.defineProperty(copy, name, { value: itemCopy, enumerable: true });
    else copy[name] = itemCopy;
  }
  return Object.freeze(copy);
}
