import type { Diagram } from './diagram.js';
import { diagramDot } from './diagram-dot.js';
import { diagramMermaid } from './diagram-mermaid.js';

/** A diagram in one of the languages that draw it. */
export function renderDiagram(diagram: Diagram, language: 'mermaid' | 'dot'): string {
  return language === 'dot' ? diagramDot(diagram) : diagramMermaid(diagram);
}
