import type { CandidateReport, Explanation } from '@oneiric/core';

import { keyCell, reasonCell, sourceCell, standingCell, winnerCell } from './cells.js';

/** `winners`: a row for every key. `losers`: a row for every candidate that lost. */
export type ListRows = 'winners' | 'losers';

export interface Rows {
  readonly headings: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

/** What a list shows, for every form that has rows and columns. */
export function listRows(explanations: readonly Explanation[], rows: ListRows): Rows {
  switch (rows) {
    case 'winners':
      return { headings: ['key', 'winner', 'decided by', 'from'], cells: explanations.map(winnerRow) };
    case 'losers':
      return {
        headings: ['key', 'shadowed', 'lost to', 'at', 'from'],
        cells: explanations.flatMap((explanation) =>
          explanation.candidates.flatMap((report) => loserRow(report, explanation)),
        ),
      };
    default:
      return rows satisfies never;
  }
}

function winnerRow(explanation: Explanation): readonly string[] {
  const winner = explanation.candidates.find(({ state }) => state === 'active');
  return [
    keyCell(explanation),
    winnerCell(explanation),
    reasonCell(explanation),
    winner === undefined ? '' : sourceCell(winner),
  ];
}

function loserRow(report: CandidateReport, explanation: Explanation): readonly (readonly string[])[] {
  if (report.state !== 'shadowed') return [];
  return [
    [
      keyCell(explanation),
      report.provider,
      report.lostTo ?? '(nothing)',
      standingCell(report, explanation),
      sourceCell(report),
    ],
  ];
}
