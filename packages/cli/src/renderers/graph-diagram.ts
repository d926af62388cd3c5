import type { DependencyGraph, Explanation } from '@oneiric/core';

import { MISSING_WORDS, needCell } from './cells.js';
import type { Diagram, DiagramNode } from './diagram.js';

/** The keys of a graph with their winners, and what each needs. */
export function graphDiagram({ explanations, edges }: DependencyGraph): Diagram {
  return {
    nodes: Array.from(explanations, ([name, explanation]) => keyNode(name, explanation)),
    edges: edges.map((edge) => ({
      from: edge.from,
      to: edge.to,
      label: [needCell(edge), MISSING_WORDS[edge.state]].filter((words) => words !== '').join(': '),
      isBroken: edge.state !== 'met',
    })),
  };
}

function keyNode(name: string, { winner, question }: Explanation): DiagramNode {
  if (winner !== null) return { id: name, lines: [name, winner.provider], look: 'key' };
  const isOffered = question.facts.candidates.length > 0;
  return { id: name, lines: [name, isOffered ? 'nothing wins' : 'nothing is registered'], look: 'missing' };
}
