/** Values that come from outside where something else is expected; none of them may crash a check. */

export const NAMES_THAT_ARE_NONE: readonly (readonly [string, unknown])[] = [
  ['empty', ''],
  ['over-long', 'x'.repeat(129)],
  ['very long', 'x'.repeat(1_000_000)],
  ['a space', ' '],
  ['padded', ' cache'],
  ['ended by a line break', 'cache\n'],
  ['a path', 'a/b'],
  ['an absolute path', '/etc/passwd'],
  ['a step up', '..'],
  ['a step up inside', 'a..b'],
  ['a Windows path', 'a\\b'],
  ['a dot file', '.cache'],
  ['an encoded path', 'a%2Fb'],
  ['a null character', 'a\u0000b'],
  ['an escape sequence', 'a\u001b[31m'],
  ['a DEL', 'a\u007fb'],
  ['a Cyrillic letter that looks Latin', 'c\u0430che'],
  ['a full-width letter', '\uff43ache'],
  ['a zero-width space', 'ca\u200bche'],
  ['a right-to-left override', 'ca\u202eche'],
  ['a combining accent', 'cache\u0301'],
  ['a lone surrogate', 'a\ud800'],
  ['an emoji', '🔑'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['toString', 'toString'],
  ['hasOwnProperty', 'hasOwnProperty'],
  ['a number', 5],
  ['null', null],
  ['a boolean', true],
  ['a symbol', Symbol('cache')],
  ['a big integer', 5n],
  ['a String object', Object('cache')],
  ['an array', ['cache']],
  ['an object with toString', { toString: () => 'cache' }],
];

export const INTEGERS_THAT_ARE_NONE: readonly (readonly [string, unknown])[] = [
  ['text', '10'],
  ['empty text', ''],
  ['NaN', Number.NaN],
  ['infinite', Number.POSITIVE_INFINITY],
  ['a fraction', 0.5],
  ['just above the bound', 1001],
  ['just below the bound', -1001],
  ['very large', Number.MAX_VALUE],
  ['a big integer', 5n],
  ['null', null],
  ['a boolean', true],
  ['an array', [5]],
  ['a Number object', Object(5)],
  ['an object with valueOf', { valueOf: () => 5 }],
];

/** An object that throws `thrown` whenever it is looked at in any way. */
export function hostile(thrown: unknown = new Error('hands off')): object {
  const refuse = (): never => {
    throw thrown;
  };
  return new Proxy(
    {},
    { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse, getPrototypeOf: refuse },
  );
}

export function revoked(target: object = {}): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** An object that refers to itself in two places, so that following it takes for ever. */
export function cyclic(): object {
  const value: Record<string, unknown> = {};
  return Object.assign(value, { left: value, right: value });
}

/** A small object that expands to 2^60 values. */
export function bomb(): object {
  let value: object = { leaf: true };
  for (let level = 0; level < 60; level++) value = { left: value, right: value };
  return value;
}

export function nested(depth: number): object {
  let value: object = {};
  for (let level = 1; level < depth; level++) value = { value };
  return value;
}
