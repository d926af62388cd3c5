import type { ExplanationJson } from '../decision/explanation.js';
import type { Dependency } from './dependency.js';
import type { DependencyCycle, DependencyGraph, MissingLink } from './dependency-graph.js';

/** What `explain --deep --json` adds to an explanation; `schemas/explanation.schema.json` describes it. */
export interface DependenciesJson {
  /** Of the other keys, each explained once, in the order in which they are reached. */
  readonly explanations: readonly ExplanationJson[];
  readonly edges: readonly Dependency[];
  readonly cycles: readonly DependencyCycle[];
  readonly missing: readonly MissingLink[];
}

/** The JSON form of what a decision leads to. */
export function dependenciesJson({
  roots,
  explanations,
  edges,
  cycles,
  missing,
}: DependencyGraph): DependenciesJson {
  const others = [...explanations].filter(([name]) => !roots.includes(name));
  return { explanations: others.map(([, each]) => each.toJSON()), edges, cycles, missing };
}
