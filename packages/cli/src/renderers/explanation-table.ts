import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';
import type { Answer } from './answer.js';
import { sourceCell, standingCell } from './cells.js';
import { graphTable } from './graph-table.js';
import { historyTable } from './history.js';
import { runningTable } from './running.js';

/** The candidates as rows, what runs, and what the winner needs, as asked; undefined where there is none of it. */
export function explanationTable(
  { explanation, shown, running, history, dependencies }: Answer,
  screen: Screen,
): string | undefined {
  const rows = shown.map((report) => [
    report.provider,
    report.state,
    sourceCell(report),
    standingCell(report, explanation),
  ]);
  const tables = [
    rows.length === 0 ? undefined : renderTable(['CANDIDATE', 'STATE', 'FROM', 'BECAUSE'], rows, screen),
    running === undefined ? undefined : runningTable(running, screen),
    history === undefined ? undefined : historyTable(history, explanation, screen),
    dependencies === undefined ? undefined : graphTable(dependencies, screen),
  ].filter((table) => table !== undefined);
  return tables.length === 0 ? undefined : tables.join('\n\n');
}
