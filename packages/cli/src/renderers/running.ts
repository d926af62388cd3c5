import {
  type FailureLink,
  type ProviderName,
  type RunningReport,
  tellDuration,
  tellStanding,
} from '@oneiric/core';

import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';
import { markdownCode, markdownTable, markdownText } from './markdown.js';

/** What runs as a row. */
export function runningTable({ running, lifecycle }: RunningReport, screen: Screen): string {
  const row = [nameOf(running.running), lifecycle.state, lifecycle.health, tellStanding(running)];
  return renderTable(['RUNNING', 'STATE', 'HEALTH', 'BECAUSE'], [row], screen);
}

/** What runs as sections of a Markdown document. */
export function runningSections(report: RunningReport): readonly (readonly string[])[] {
  const { running, lifecycle, injected = [], dependents = [] } = report;
  const causes = (lifecycle.failure?.causes ?? []).map(failureLine);
  const given = injected.map(
    ({ parameter, domain, key }) => `${markdownCode(`${domain}/${key}`)} as ${parameter}`,
  );
  return [
    ['#### Running'],
    [markdownText(tellStanding(running))],
    markdownTable(
      ['running', 'state', 'health', 'a roll-back returns to', 'was given', 'was given to'],
      [
        [
          markdownCode(nameOf(running.running)),
          lifecycle.state,
          lifecycle.health,
          markdownCode(nameOf(lifecycle.lastGood)),
          given.join(', '),
          dependents.map(markdownCode).join(', '),
        ],
      ],
    ),
    causes.length === 0 ? [] : ['What failed last:', '', ...causes],
    markdownTable(
      ['what', 'times', 'last', 'p50', 'p95', 'p99'],
      Object.entries(lifecycle.durations).map(([what, { count, lastMs, p50Ms, p95Ms, p99Ms }]) => [
        what,
        String(count),
        ...[lastMs, p50Ms, p95Ms, p99Ms].map((ms) => markdownText(tellDuration(ms))),
      ]),
    ),
  ];
}

/** An error of a chain in a numbered list: each because of the next. */
function failureLine({ code, message }: FailureLink, index: number): string {
  return `${index + 1}. ${code === undefined ? '' : `${markdownCode(code)}: `}${markdownText(message)}`;
}

function nameOf(name: ProviderName | null): string {
  if (name === null) return '';
  return name.version === null ? name.provider : `${name.provider} ${name.version}`;
}
