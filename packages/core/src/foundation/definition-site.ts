import { type SourcePlace, stackPlaces } from './source-place.js';

const SITES = Symbol.for('oneiric.definition-sites.v1');
type Sites = WeakMap<object, SourcePlace>;

/** One map for all copies of the package in this process: a project and the command line may each have theirs. */
function sites(): Sites {
  const shared = globalThis as unknown as Record<symbol, Sites | undefined>;
  return (shared[SITES] ??= new WeakMap());
}

/** Remembers the place that called `definer` as the place where `value` was written. */
export function rememberDefinitionSite(value: unknown, definer: (value: never) => unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const trace: { stack?: unknown } = {};
  Error.captureStackTrace(trace, definer);
  const place = stackPlaces(trace.stack)[0];
  if (place !== undefined) sites().set(value, place);
}

/** Where a `define…` call made `value`, with an absolute path; undefined where none did. */
export function definitionSiteOf(value: unknown): SourcePlace | undefined {
  return typeof value === 'object' && value !== null ? sites().get(value) : undefined;
}
