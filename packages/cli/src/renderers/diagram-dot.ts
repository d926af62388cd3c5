import { printable } from '@oneiric/core';

import type { Diagram, DiagramLook } from './diagram.js';

const LOOK: Readonly<Record<DiagramLook, string>> = {
  key: 'shape=box',
  winner: 'shape=ellipse, style=bold',
  loser: 'shape=ellipse',
  filtered: 'shape=ellipse, style=dotted',
  missing: 'shape=box, style=dashed',
};

/** A diagram in the DOT language of Graphviz. */
export function diagramDot({ nodes, edges }: Diagram): string {
  return [
    'digraph oneiric {',
    '  rankdir=LR;',
    ...nodes.map(
      ({ id, lines, look }) =>
        `  ${quoted(id)} [label="${lines.map(escapeDot).join('\\n')}", ${LOOK[look]}];`,
    ),
    ...edges.map(
      ({ from, to, label, isBroken }) =>
        `  ${quoted(from)} -> ${quoted(to)} [label=${quoted(label)}${isBroken ? ', style=dashed' : ''}];`,
    ),
    '}',
  ].join('\n');
}

function quoted(text: string): string {
  return `"${escapeDot(text)}"`;
}

/** In a quoted string; Graphviz reads HTML's entities there, too. */
function escapeDot(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replace(/[\\"]/g, '\\$&');
}
