import {
  type ComponentStatus,
  type PauseFacts,
  printable,
  type ProviderName,
  type StandingReason,
  tellDuration,
} from '@oneiric/core';

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
    status.state,
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

/**
 * In a few words, with what is being done to it and why it is paused; `status <domain>/<key>` has the sentence. All that
 * comes and goes stands in this column, which is wrapped: so the table keeps its shape when something happens.
 */
function standingCell({ standing, pause, operation, heldCalls }: ComponentStatus): string {
  const words = STANDING_WORDS[standing.reason](
    standing.winner === null ? 'nobody' : nameCell(standing.winner),
  );
  return [
    words,
    ...(operation === null ? [] : [tellOperation(operation)]),
    ...(pause === null ? [] : [tellPause(pause)]),
    ...(heldCalls === 0 ? [] : [heldCalls === 1 ? '1 call waits' : `${heldCalls} calls wait`]),
  ].join('; ');
}

const STANDING_WORDS: Readonly<Record<StandingReason, (winner: string) => string>> = {
  same: () => 'wins',
  'not-running': (winner) => (winner === 'nobody' ? 'nothing wins' : `${winner} would be started`),
  'nothing-wins': () => 'nothing wins',
  swapping: (winner) => `${winner} is being swapped in`,
  paused: (winner) => `${winner} wins`,
  failed: (winner) => `${winner} wins, and failed`,
  'failover-off': (winner) => `${winner} wins, failover is off`,
  'follow-off': (winner) => `${winner} wins, following is off`,
  chosen: (winner) => `${winner} wins, this one was chosen`,
  pending: (winner) => `${winner} wins, not swapped yet`,
  'decided-otherwise': (winner) => `${winner} wins here`,
};

/** `swap: build` */
function tellOperation({ kind, phase }: NonNullable<ComponentStatus['operation']>): string {
  return phase === null ? kind : `${kind}: ${phase}`;
}

/** `paused for 12 s: restart of redis` */
function tellPause({ reason, forMs }: PauseFacts): string {
  return printable(`paused for ${tellDuration(forMs)}${reason === null ? '' : `: ${reason}`}`);
}
