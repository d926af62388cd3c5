import type { Machine } from './machine.js';
import { type Figure, isMet, type Row } from './row.js';

/** All of a run, as it is written to a file. */
export interface Report {
  readonly machine: Machine;
  readonly quick: boolean;
  readonly seconds: number;
  readonly rows: readonly Row[];
}

/** The report as Markdown. */
export function renderReport(report: Report): string {
  const { machine, quick, seconds, rows } = report;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const missed = rows.filter((row) => isMet(row) === false);
  const held = rows.filter((row) => isMet(row) !== undefined);
  return [
    `Node ${machine.node} (V8 ${machine.v8}), ${machine.system}; ${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB, load ${machine.load}.`,
    `${versions.join(', ')}.`,
    `${quick ? 'Quick run' : 'Full run'}, ${Math.round(seconds)} s. Targets met: ${held.length - missed.length} of ${held.length}.`,
    '',
    renderTable(rows),
  ].join('\n');
}

function renderTable(rows: readonly Row[]): string {
  const lines = [
    ['what', 'ours', 'peer', 'ratio', 'of the rounds', 'target', ''],
    ...rows.map((row) => [
      row.what,
      renderFigure(row.ours),
      row.peer === undefined ? '' : `${row.peer.name}: ${renderFigure(row.peer)}`,
      row.ratio === undefined ? '' : `${row.ratio.toFixed(2)}×`,
      row.spread === undefined ? '' : `${row.spread[0].toFixed(2)}–${row.spread[1].toFixed(2)}`,
      renderTarget(row),
      { true: 'met', false: '**NOT MET**', undefined: '' }[
        String(isMet(row)) as 'true' | 'false' | 'undefined'
      ],
    ]),
  ];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const right = new Set([1, 3, 4, 5]);
  const [head = [], ...body] = lines.map((line) =>
    line.map((cell, at) => (right.has(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))),
  );
  const rule = widths.map((width, at) => '-'.repeat(width - 1) + (right.has(at) ? ':' : '-'));
  return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function renderTarget({ target, ours }: Row): string {
  if (target === undefined) return '';
  return target.what === 'ratio'
    ? `≤ ${target.atMost}×`
    : `≤ ${renderFigure({ ...ours, value: target.atMost })}`;
}

function renderFigure({ value, unit }: Figure): string {
  switch (unit) {
    case 'MB':
      return `${value.toFixed(0)} MB`;
    case 'bytes':
      return `${value.toFixed(2)} B`;
    case 'ns':
      if (value < 1000) return `${value.toPrecision(3)} ns`;
      return value < 1e6 ? `${(value / 1000).toPrecision(3)} µs` : `${(value / 1e6).toPrecision(3)} ms`;
  }
  return unit satisfies never;
}
