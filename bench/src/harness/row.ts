import { median, pairedRatio } from './statistics.js';

export type Unit = 'ns' | 'MB' | 'bytes';

/** A measured figure and whose it is. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  readonly samples?: readonly number[];
}

/** What a row has to reach. */
export interface Target {
  readonly what: 'ratio' | 'ours';
  readonly atMost: number;
}

/** One line of the table. */
export interface Row {
  readonly group: string;
  readonly what: string;
  readonly ours: Figure;
  readonly peer: Figure | undefined;
  readonly ratio: number | undefined;
  /** The lowest ratio that any round saw, and the highest. */
  readonly spread: readonly [number, number] | undefined;
  /** Absent where the row is there to be known only. */
  readonly target: Target | undefined;
}

/** A row of two contenders that were measured side by side. */
export function ratioRow(of: {
  readonly group: string;
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  readonly samples: Readonly<Record<string, readonly number[]>>;
  readonly atMost?: number;
}): Row {
  const ours = of.samples[of.ours] ?? [];
  const peer = of.samples[of.peer] ?? [];
  const ratios = ours.map((value, round) => value / (peer[round] ?? NaN));
  return {
    group: of.group,
    what: of.what,
    ours: { name: of.ours, value: median(ours), unit: 'ns', samples: ours },
    peer: { name: of.peer, value: median(peer), unit: 'ns', samples: peer },
    ratio: pairedRatio(ours, peer),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    target: of.atMost === undefined ? undefined : { what: 'ratio', atMost: of.atMost },
  };
}

/** A row of one figure that is held to a bound of its own. */
export function figureRow(of: {
  readonly group: string;
  readonly what: string;
  readonly ours: Figure;
  readonly atMost?: number;
}): Row {
  return {
    group: of.group,
    what: of.what,
    ours: of.ours,
    peer: undefined,
    ratio: undefined,
    spread: undefined,
    target: of.atMost === undefined ? undefined : { what: 'ours', atMost: of.atMost },
  };
}

/** Does the row reach its target? Undefined where it has none. */
export function isMet({ target, ratio, ours }: Row): boolean | undefined {
  if (target === undefined) return undefined;
  const value = target.what === 'ratio' ? ratio : ours.value;
  return value !== undefined && value <= target.atMost;
}
