import { printable } from '@oneiric/core';

import type { Diagram, DiagramLook } from './diagram.js';

const SHAPE: Readonly<Record<DiagramLook, readonly [open: string, close: string]>> = {
  key: ['[', ']'],
  winner: ['([', '])'],
  loser: ['([', '])'],
  filtered: ['([', '])'],
  missing: ['{{', '}}'],
};

const STYLE: Readonly<Partial<Record<DiagramLook, string>>> = {
  winner: 'stroke-width:3px',
  filtered: 'stroke-dasharray:2 4',
  missing: 'stroke-dasharray:6 3',
};

/** A diagram as a Mermaid flowchart. Nodes are numbered, so that no name can be taken for a word of the language. */
export function diagramMermaid({ nodes, edges }: Diagram): string {
  const ids = new Map(nodes.map(({ id }, number) => [id, `n${number}`]));
  const idOf = (id: string): string => ids.get(id) ?? '';
  return [
    'flowchart LR',
    ...nodes.map(({ id, lines, look }) => {
      const [open, close] = SHAPE[look];
      return `  ${idOf(id)}${open}"${lines.map(escapeMermaid).join('<br/>')}"${close}`;
    }),
    ...edges.map(
      ({ from, to, label, isBroken }) =>
        `  ${idOf(from)} ${isBroken ? '-.->' : '-->'}|"${escapeMermaid(label)}"| ${idOf(to)}`,
    ),
    ...Object.entries(STYLE).flatMap(([look, style]) => {
      const styled = nodes.filter((node) => node.look === look);
      if (styled.length === 0) return [];
      return [`  classDef ${look} ${style}`, `  class ${styled.map(({ id }) => idOf(id)).join(',')} ${look}`];
    }),
  ].join('\n');
}

/** Everything that Mermaid, its Markdown or HTML might read as its own is written as the number of the character. */
function escapeMermaid(text: string): string {
  return printable(text).replace(
    /[^\p{L}\p{N} ,.:/()@=+-]/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
}
