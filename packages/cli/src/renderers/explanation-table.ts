import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';
import type { Answer } from './answer.js';
import { sourceCell, standingCell } from './cells.js';
import { graphTable } from './graph-table.js';

/** The candidates as rows, and with `--deep` what the winner needs; undefined where there is neither. */
export function explanationTable(
  { explanation, shown, dependencies }: Answer,
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
    dependencies === undefined ? undefined : graphTable(dependencies, screen),
  ].filter((table) => table !== undefined);
  return tables.length === 0 ? undefined : tables.join('\n\n');
}
