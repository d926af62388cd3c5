import { type DecisionRecord, type Explanation, tellCause, tellDecision } from '@oneiric/core';

import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';
import { keyCell } from './cells.js';
import { markdownTable, markdownText } from './markdown.js';

type Asked = Pick<Explanation, 'request'>;

/** The last decisions as rows, the newest first; undefined where there is none. */
export function historyTable(
  history: readonly DecisionRecord[],
  asked: Asked,
  screen: Screen,
): string | undefined {
  if (history.length === 0) return undefined;
  return renderTable(['REVISION', 'DECISION', 'BECAUSE'], rows(history, asked), screen);
}

/** The last decisions as sections of a Markdown document. */
export function historySections(
  history: readonly DecisionRecord[],
  asked: Asked,
): readonly (readonly string[])[] {
  if (history.length === 0) return [];
  const cells = rows(history, asked).map((row) => row.map(markdownText));
  return [['#### Last decisions'], markdownTable(['revision', 'decision', 'because'], cells)];
}

function rows(history: readonly DecisionRecord[], asked: Asked): readonly (readonly string[])[] {
  return history.map((record) => [
    String(record.revision),
    tellDecision(record),
    record.cause.map((change) => tellCause(change, keyCell(asked))).join('; '),
  ]);
}
