import { distance } from 'fastest-levenshtein';

/**
 * The known name that `wanted` most likely meant, or undefined where none is close: case ignored, at most a third of
 * the longer name's characters differ, or two, so that two swapped letters are found; one in names of up to three.
 * Of equally near names the alphabetically first is taken.
 */
export function nearestName(wanted: string, known: Iterable<string>): string | undefined {
  const lowerWanted = wanted.toLowerCase();
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const name of known) {
    if (name === wanted) continue;
    const length = Math.max(name.length, wanted.length);
    const found = distance(lowerWanted, name.toLowerCase());
    if (found > (length <= 3 ? 1 : Math.max(2, Math.floor(length / 3))) || found >= length) continue;
    if (found < bestDistance || (found === bestDistance && best !== undefined && name < best)) {
      best = name;
      bestDistance = found;
    }
  }
  return best;
}
