import { deepFreeze } from '../../src/foundation/deep-freeze.js';

describe('deepFreeze', () => {
  it('freezes objects and arrays all the way down, and gives back the same object', () => {
    const value = { a: [{ b: { c: 1 } }], d: null, e: 'text' };
    expect(deepFreeze(value)).toBe(value);
    expect([value, value.a, value.a[0], value.a[0]?.b].every(Object.isFrozen)).toBe(true);
  });

  it('ends at what is frozen already, so that a circle does no harm', () => {
    const value: { self?: unknown } = {};
    value.self = value;
    expect(Object.isFrozen(deepFreeze(value))).toBe(true);
  });
});
