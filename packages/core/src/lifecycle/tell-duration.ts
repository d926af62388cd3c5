const UNITS = [
  ['ms', 1, 1000],
  ['s', 1000, 60],
  ['min', 60_000, 60],
  ['h', 3_600_000, 24],
  ['d', 86_400_000, Infinity],
] as const;

/** A duration in milliseconds, rounded for people to two digits or to the whole unit: `0.42 ms`, `30 s`, `1.5 min`. */
export function tellDuration(ms: number): string {
  if (ms > 0 && ms < 0.01) return '<0.01 ms';
  for (const [unit, size, most] of UNITS) {
    const value = ms / size;
    // What was rounded up out of the unit before is one of this.
    const whole = size === 1 ? value : Math.max(1, value);
    const rounded = whole < 10 ? Number(whole.toPrecision(2)) : Math.round(whole);
    if (rounded < most) return `${String(rounded)} ${unit}`;
  }
  return String(ms);
}
