import { change, count, duration, megabytes, rate } from '../src/units.js';

it.each([
  [count(17_142_887), '17,142,887'],
  [megabytes(17_142_887), '17.1 MB'],
  [duration(3.44), '3.4 ms'],
  [duration(412.4), '412 ms'],
  [duration(999.4), '999 ms'],
  [duration(999.6), '1.00 s'],
  [duration(61_000), '61.00 s'],
  [rate(17_142_887, 300), '57 MB/s'],
  [rate(17_142_887, 0.5), ''],
  [change(17.1, 6.9), '−60 %'],
  [change(100, 130), '+30 %'],
  [change(100, 100.1), '±0 %'],
  [change(0, 5), ''],
])('%s is %s', (shown, expected) => {
  expect(shown).toBe(expected);
});
