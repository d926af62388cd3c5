import { createError } from '../errors/oneiric-error.js';
import { PLUGIN_ERRORS } from './plugin-errors.js';

/** How many generations of one plugin a process takes into memory. */
const MOST_GENERATIONS = 20;

/** The number of the last generation, by the plugin's module; the first load is 1 and is not counted here. */
const generations = new Map<string, number>();

/**
 * The number of the next generation of a plugin's module, counted for the whole process.
 *
 * @throws `ONEIRIC_PLUGIN_GENERATIONS`
 */
export function nextGeneration(packageName: string, file: string): number {
  const next = (generations.get(file) ?? 1) + 1;
  if (next > MOST_GENERATIONS)
    throw createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_GENERATIONS', {
      package: packageName,
      limit: MOST_GENERATIONS,
    });
  generations.set(file, next);
  return next;
}
