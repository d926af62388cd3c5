/** Of a longer path only this many keys are shown at each end. */
const SHOWN = 10;

/** `a → b → a`; of a very long path the middle is counted instead. */
export function shortPath(path: readonly string[]): string {
  const left = path.length - 2 * SHOWN;
  if (left <= 1) return path.join(' → ');
  return [...path.slice(0, SHOWN), `… ${left} more …`, ...path.slice(-SHOWN)].join(' → ');
}
