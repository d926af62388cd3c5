import { type ComponentStatus, type ProviderName, tellDuration, tellStanding } from '@oneiric/core';

import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';

export const STATUS_HEADINGS = [
  'KEY',
  'RUNNING',
  'STATE',
  'HEALTH',
  'SINCE',
  'CALLS',
  'AGAINST THE WINNER',
] as const;

/** A row for every component: what runs, how it is, and why that is not the winner. */
export function statusTable(statuses: readonly ComponentStatus[], screen: Screen): string {
  return renderTable(STATUS_HEADINGS, statuses.map(statusRow), screen);
}

/** Its cells, in the order of the headings. */
export function statusRow(status: ComponentStatus): readonly string[] {
  const { domain, key, running, health, boundForMs, inFlight } = status;
  return [
    `${domain}/${key}`,
    nameCell(running),
    stateCell(status),
    running === null ? '' : health,
    boundForMs === null ? '' : tellDuration(boundForMs),
    running === null ? '' : String(inFlight),
    standingCell(status),
  ];
}

/** `redis 2.1.0` */
function nameCell(name: ProviderName | null): string {
  if (name === null) return '';
  return name.version === null ? name.provider : `${name.provider} ${name.version}`;
}

/** The state, and what is being done to it: `ready, swap: build`. */
function stateCell({ state, operation }: ComponentStatus): string {
  if (operation === null) return state;
  const { kind, phase } = operation;
  return phase === null ? `${state}, ${kind}` : `${state}, ${kind}: ${phase}`;
}

function standingCell({ domain, key, standing }: ComponentStatus): string {
  if (standing.reason === 'same') return 'wins';
  const words = tellStanding({ domain, key, source: 'process', ...standing });
  const known = `${nameCell(standing.running)} runs, and `; // Another column says so.
  return words.startsWith(known) ? words.slice(known.length) : words;
}
