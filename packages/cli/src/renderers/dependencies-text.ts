import type { Dependency, DependencyGraph, Explanation } from '@oneiric/core';

import type { Screen } from '../screen.js';
import { wrap } from '../wrap.js';
import { MISSING_WORDS, needCell } from './cells.js';
import { troubleSections } from './graph-text.js';
import { needsByKey } from './needs-by-key.js';

/** Deeper than this, lines are not indented any further, and say how deep they are. */
const DEEPEST_INDENT = 6;

interface Visit {
  readonly edge: Dependency;
  readonly depth: number;
}

/**
 * What the winner of the first key needs, and what the winners of that need, as an indented list: each key is
 * explained where it is first mentioned, and later mentions refer back.
 */
export function dependenciesText(graph: DependencyGraph, screen: Screen): string {
  const root = graph.roots[0] ?? '';
  const needs = needsByKey(graph.edges);
  const told = new Set([root]);
  const lines: string[] = [];
  const visits = visitsOf(root, 1);
  for (let visit = visits.pop(); visit !== undefined; visit = visits.pop()) {
    const { edge, depth } = visit;
    const explanation = told.has(edge.to) ? undefined : graph.explanations.get(edge.to);
    lines.push(...needLines(visit, explanation, screen));
    if (explanation === undefined) continue;
    told.add(edge.to);
    visits.push(...visitsOf(edge.to, depth + 1));
  }
  const list = lines.length === 0 ? ['  nothing'] : lines;
  return [[screen.strong('Depends on'), ...list], ...troubleSections(graph, screen)]
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n');

  /** Last first: the end of the list is visited next. */
  function visitsOf(key: string, depth: number): Visit[] {
    return (needs.get(key) ?? []).map((edge) => ({ edge, depth })).reverse();
  }
}

/** The need and the decision there, or that this has been told before. */
function needLines(
  { edge, depth }: Visit,
  explanation: Explanation | undefined,
  screen: Screen,
): readonly string[] {
  const indent = '  '.repeat(Math.min(depth, DEEPEST_INDENT));
  const level = depth > DEEPEST_INDENT ? `[${depth}] ` : '';
  const isMet = edge.state === 'met';
  const trouble = isMet ? '' : `  MISSING: ${MISSING_WORDS[edge.state]}`;
  const again = explanation === undefined ? ', see above' : '';
  const name = `${level}${edge.to} (${needCell(edge)})${again}${trouble}`;
  const deeper = `${indent}  `;
  return [
    ...wrap(name, screen.width, { first: indent, rest: `${deeper}  ` }).map(
      isMet ? screen.strong : screen.bad,
    ),
    ...(explanation === undefined
      ? []
      : wrap(explanation.summary, screen.width, { first: deeper, rest: deeper })),
  ];
}
