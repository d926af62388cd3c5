import type { ValueOrigin } from '../decision/value-origin.js';

/** What gives a candidate its priority where it has none of its own. */
export interface RankingDefaults {
  readonly defaultPriority: number;
  readonly defaultPriorityOrigin: ValueOrigin;
  /** Priorities by package name. */
  readonly stackOrder: ReadonlyMap<string, { readonly priority: number; readonly origin: ValueOrigin }>;
}

const OWN: ValueOrigin = Object.freeze({ kind: 'candidate' });
const DEFAULT: ValueOrigin = Object.freeze({ kind: 'default' });

/** The priority that counts for a candidate, and where it came from: its own, its package's, the default. */
export function effectivePriority(
  own: number | undefined,
  packageName: string | undefined,
  defaults: RankingDefaults,
): { readonly value: number; readonly origin: ValueOrigin } {
  if (own !== undefined) return { value: own, origin: OWN };
  const ordered = packageName === undefined ? undefined : defaults.stackOrder.get(packageName);
  if (ordered !== undefined) return { value: ordered.priority, origin: ordered.origin };
  return { value: defaults.defaultPriority, origin: defaults.defaultPriorityOrigin };
}

/** The stack level that counts for a candidate, and where it came from. */
export function effectiveStackLevel(own: number | undefined): {
  readonly value: number;
  readonly origin: ValueOrigin;
} {
  return own === undefined ? { value: 0, origin: DEFAULT } : { value: own, origin: OWN };
}
