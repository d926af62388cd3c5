import { formatChange, tellNotOffered } from '@oneiric/core';

import type { Answer } from './answer.js';
import { changeCells, keyCell, sourceCell, standingCell } from './cells.js';
import { graphSections } from './graph-markdown.js';
import { historySections } from './history.js';
import { runningSections } from './running.js';
import { markdownBlocks, markdownCode, markdownTable, markdownText } from './markdown.js';

/** An explanation for a comment on a pull request. */
export function explanationMarkdown({
  explanation,
  whyNot,
  shown,
  running,
  history,
  dependencies,
}: Answer): string {
  const { summary, hypothetical = [], baseline, fingerprint } = explanation;
  const rows = shown.map((report) => [
    markdownCode(report.provider),
    report.state,
    String(report.rank.priority),
    String(report.rank.stackLevel),
    markdownText(standingCell(report, explanation)),
    changeCells(report, explanation).map(markdownCode).join(', '),
    markdownCode(sourceCell(report)),
  ]);
  const supposed = hypothetical.map((change) => markdownCode(formatChange(change))).join(', ');
  const winner = baseline?.winner?.provider;
  const asItIs = winner === undefined ? 'nothing wins' : `${markdownCode(winner)} wins`;
  return markdownBlocks([
    [`### ${markdownText(keyCell(explanation))}`],
    baseline === undefined ? [] : [`What if ${supposed}? As it is, ${asItIs}.`],
    [`**${markdownText(summary)}**`],
    whyNot?.candidates.length === 0 ? [markdownText(tellNotOffered(whyNot, explanation))] : [],
    markdownTable(
      ['candidate', 'state', 'priority', 'stackLevel', 'because', 'wins with any one of', 'from'],
      rows,
    ),
    ...(running === undefined ? [] : runningSections(running)),
    ...(history === undefined ? [] : historySections(history, explanation)),
    ...(dependencies === undefined ? [] : graphSections(dependencies)),
    [markdownCode(fingerprint)],
  ]);
}
