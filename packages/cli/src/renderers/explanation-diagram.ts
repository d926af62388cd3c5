import type { CandidateReport, Explanation } from '@oneiric/core';

import { keyCell, standingCell } from './cells.js';
import type { Diagram, DiagramLook } from './diagram.js';
import { graphDiagram } from './graph-diagram.js';
import type { Answer } from './answer.js';

const LOOK: Readonly<Record<CandidateReport['state'], DiagramLook>> = {
  active: 'winner',
  shadowed: 'loser',
  filtered: 'filtered',
};

/** A key and its candidates, each with the reason why it stands where it does; and what the winner needs. */
export function explanationDiagram({ explanation, shown, dependencies }: Answer): Diagram {
  const key = keyCell(explanation);
  const rest = dependencies === undefined ? undefined : graphDiagram(dependencies);
  const others = rest?.nodes.filter(({ id }) => id !== key) ?? [];
  return {
    nodes: [
      {
        id: key,
        lines: [key, explanation.outcome === 'none' ? 'nothing wins' : ''].filter(isText),
        look: 'key',
      },
      ...shown.map((report) => ({
        id: candidateId(report, explanation),
        lines: [report.provider, report.state],
        look: LOOK[report.state],
      })),
      ...others,
    ],
    edges: [
      ...shown.map((report) => ({
        from: key,
        to: candidateId(report, explanation),
        label: standingCell(report, explanation),
        isBroken: report.state !== 'active',
      })),
      ...(rest?.edges ?? []),
    ],
  };
}

/** A provider may have several candidates. */
function candidateId({ provider, rank }: CandidateReport, explanation: Explanation): string {
  return `${keyCell(explanation)} ${provider}#${rank.registration}`;
}

function isText(line: string): boolean {
  return line !== '';
}
