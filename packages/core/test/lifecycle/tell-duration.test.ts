import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { tellDuration } from '../../src/lifecycle/tell-duration.js';

describe('a duration for people', () => {
  it.each([
    [0, '0 ms'],
    [0.004, '<0.01 ms'],
    [0.4249, '0.42 ms'],
    [9.96, '10 ms'],
    [12.6, '13 ms'],
    [999.4, '999 ms'],
    [999.5, '1 s'],
    [2500, '2.5 s'],
    [30_000, '30 s'],
    [59_600, '1 min'],
    [90_000, '1.5 min'],
    [3_599_000, '1 h'],
    [86_400_000, '1 d'],
    [2 ** 31 - 1, '25 d'],
  ])('is, of %d ms, %s', (ms, told) => {
    expect(tellDuration(ms)).toBe(told);
  });

  it('is never off by more than a twentieth', () => {
    const sizes = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e12, noNaN: true }), (ms) => {
        const [value = '', unit = ''] = tellDuration(ms).split(' ');
        const told = Number(value) * sizes[unit as keyof typeof sizes];
        expect(Math.abs(told - ms) / ms).toBeLessThanOrEqual(0.05);
      }),
    );
  });
});
