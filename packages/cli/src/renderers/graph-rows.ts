import type { DependencyGraph } from '@oneiric/core';

import { MISSING_WORDS, needCell, winnerCell } from './cells.js';
import type { Rows } from './list-rows.js';
import { needsByKey } from './needs-by-key.js';

/** A row for every need; a key without one has a row of its own. */
export function graphRows({ explanations, edges }: DependencyGraph): Rows {
  const byKey = needsByKey(edges);
  return {
    headings: ['key', 'winner', 'needs', 'as', 'missing'],
    cells: Array.from(explanations).flatMap(([name, explanation]) => {
      const own = [name, winnerCell(explanation)];
      const needs = byKey.get(name) ?? [];
      if (needs.length === 0) return [[...own, '', '', '']];
      return needs.map((edge) => [...own, edge.to, needCell(edge), MISSING_WORDS[edge.state]]);
    }),
  };
}
