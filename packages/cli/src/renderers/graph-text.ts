import type { Dependency, DependencyGraph, Explanation } from '@oneiric/core';

import type { Screen } from '../screen.js';
import { wrap } from '../wrap.js';
import { MISSING_WORDS, needCell, winnerCell } from './cells.js';
import { needsByKey } from './needs-by-key.js';
import { shortPath } from './short-path.js';

/** Every key with its winner and what that needs, a count, what is missing with the way there, and the cycles. */
export function graphText(graph: DependencyGraph, screen: Screen): string {
  const { explanations, edges, missing, cycles } = graph;
  const byKey = needsByKey(edges);
  const keys = Array.from(explanations, ([name, explanation]) => [
    ...keyLines(name, explanation, screen),
    ...(byKey.get(name) ?? []).flatMap((edge) => needLines(edge, explanation, screen)),
  ]).flat();
  const counts = [
    count(explanations.size, 'key'),
    count(edges.length, 'need'),
    `${missing.length} missing`,
    count(cycles.length, 'cycle'),
  ];
  return [keys, ...troubleSections(graph, screen), [counts.join(', ')]]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** What is missing, and the cycles: both are paths. */
export function troubleSections(
  { explanations, missing, cycles }: DependencyGraph,
  screen: Screen,
): readonly (readonly string[])[] {
  const section = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [screen.strong(title), ...lines];
  return [
    section(
      'Missing',
      missing.flatMap((link) => {
        const nearest =
          explanations.get(link.to)?.unknown.find(({ kind }) => kind === 'key')?.nearest ?? undefined;
        const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
        const told = `${shortPath(link.path)}: ${needCell(link)}, ${MISSING_WORDS[link.state]}.${hint}`;
        return wrap(told, screen.width, { first: '  ', rest: '    ' });
      }),
    ),
    section(
      'Cycles',
      cycles.flatMap(({ path }) => wrap(shortPath(path), screen.width, { first: '  ', rest: '    ' })),
    ),
  ];
}

function keyLines(name: string, explanation: Explanation, screen: Screen): readonly string[] {
  const { winner, outcome } = explanation;
  const paint = winner === null ? screen.bad : outcome === 'tie' ? screen.warn : screen.good;
  const told = outcome === 'tie' ? `${winnerCell(explanation)}, a TIE` : winnerCell(explanation);
  return [`${screen.strong(name)}  ${paint(told)}`];
}

function needLines(edge: Dependency, { winner }: Explanation, screen: Screen): readonly string[] {
  const whose = winner === null ? `${edge.provider} ` : '';
  const isMet = edge.state === 'met';
  const told = `${whose}${needCell(edge)} → ${edge.to}${isMet ? '' : `  MISSING: ${MISSING_WORDS[edge.state]}`}`;
  return wrap(told, screen.width, { first: '  ', rest: '      ' }).map(isMet ? (line) => line : screen.bad);
}

function count(amount: number, word: string): string {
  return `${amount} ${word}${amount === 1 ? '' : 's'}`;
}
