import type { JsonValue } from '../foundation/json.js';

/** How deep and how large a value may be; the second also bounds what cycles and shared parts expand to. */
const MAX_DEPTH = 64;
const MAX_VALUES = 10_000;

/** What `frozenJson` takes, in words, for errors. */
export const JSON_EXPECTED = `data that JSON can carry, at most ${MAX_DEPTH} levels deep and ${MAX_VALUES} values in all`;

/**
 * A deeply frozen copy of `value`, or undefined where JSON could not carry it as it is: functions, numbers that are
 * not finite, big integers, objects of a class (dates, maps), cycles, what is deeper or larger than the bounds.
 * Properties that are undefined are left out. A name such as `__proto__` stays an ordinary property and pollutes
 * nothing.
 */
export function frozenJson(value: unknown): JsonValue | undefined {
  return new JsonCopy().of(value, 0);
}

class JsonCopy {
  #left = MAX_VALUES;

  of(value: unknown, depth: number): JsonValue | undefined {
    if (this.#left-- <= 0) return undefined;
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : undefined;
      case 'object':
        if (value === null) return null;
        if (depth >= MAX_DEPTH) return undefined;
        if (Array.isArray(value)) return this.#array(value, depth);
        return isPlain(value) ? this.#object(value, depth) : undefined;
      default:
        return undefined;
    }
  }

  #array(value: readonly unknown[], depth: number): JsonValue | undefined {
    const copy: JsonValue[] = [];
    for (const item of value) {
      const itemCopy = this.of(item, depth + 1);
      if (itemCopy === undefined) return undefined;
      copy.push(itemCopy);
    }
    return Object.freeze(copy);
  }

  #object(value: object, depth: number): JsonValue | undefined {
    const copy: Record<string, JsonValue> = {};
    for (const name of Object.keys(value)) {
      const item = (value as Readonly<Record<string, unknown>>)[name];
      if (item === undefined) continue;
      const itemCopy = this.of(item, depth + 1);
      if (itemCopy === undefined) return undefined;
      if (name === '__proto__') Object.defineProperty(copy, name, { value: itemCopy, enumerable: true });
      else copy[name] = itemCopy;
    }
    return Object.freeze(copy);
  }
}

/** An object literal, of whichever realm: its prototype is null or the end of a chain. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
