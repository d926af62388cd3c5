import { writtenOut } from './printable.js';

const LIMIT = 80;

/**
 * A short text for an error message of any value, whatever it is: never throws, never longer than about 80 characters,
 * and a terminal shows it as it is.
 */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return shorten(JSON.stringify(value.slice(0, LIMIT)));
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'bigint':
      return shorten(`${String(value)}n`);
    case 'symbol':
      return shorten(String(value));
    case 'function':
      return 'a function';
    case 'object':
      return describeObject(value);
  }
}

function describeObject(value: object | null): string {
  if (value === null) return 'null';
  try {
    if (Array.isArray(value)) return `an array of ${String(value.length)}`;
    const names = Object.keys(value);
    return shorten(
      names.length === 0 ? 'an object without properties' : `an object with ${names.join(', ')}`,
    );
  } catch {
    return 'an object that cannot be read';
  }
}

function shorten(text: string): string {
  const shown = writtenOut(text);
  return shown.length <= LIMIT ? shown : `${shown.slice(0, LIMIT - 1)}…`;
}
