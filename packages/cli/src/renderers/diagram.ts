/** What a node stands for. Its text says so, too: shape and colour only repeat it. */
export type DiagramLook = 'key' | 'winner' | 'loser' | 'filtered' | 'missing';

export interface DiagramNode {
  /** Unique in its diagram. */
  readonly id: string;
  readonly lines: readonly string[];
  readonly look: DiagramLook;
}

export interface DiagramEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Broken where it leads to something that does not run or is not there. */
  readonly isBroken: boolean;
}

/** Nodes and edges, before it is decided in which language they are drawn. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}
