import type { DecisionChangedEvent, Explanation, SwapReport } from '@oneiric/core';

import { differences } from './difference.js';
import { table, wrap } from './layout.js';
import type { Screen } from './screen.js';
import { duration } from './units.js';

/** One change of a registry: what the decision was and is, the events that told of it, and the swaps that followed it. */
export interface DecisionStory {
  readonly before: Explanation;
  readonly after: Explanation;
  readonly events: readonly DecisionChangedEvent[];
  readonly swaps: readonly SwapReport[];
  /** How many other decisions were looked at, and how many of them stand on the same facts as before. */
  readonly others: { readonly total: number; readonly same: number };
}

/** What a change did to a decision, and why. */
export function reportChange(
  { before, after, events, swaps, others }: DecisionStory,
  screen: Screen,
): readonly string[] {
  const line = (title: string, text: string): readonly string[] =>
    wrap(text, screen.width, `  ${title.padEnd(8)}`);
  // An event tells the winner of the question that asks for nothing in particular.
  const plain = before.request.capabilities.length === 0 ? '' : ', where no capability is asked for';
  const told = events.flatMap(({ revision, decisions }) =>
    decisions.map(
      ({ domain, key, previous, winner }) =>
        `decision-changed in revision ${revision}: ${domain}/${key} ` +
        `from ${previous?.provider ?? 'nothing'} to ${winner?.provider ?? 'nothing'}${plain}`,
    ),
  );
  const done = swaps.map(
    ({ from, to, durationMs }) =>
      `${to?.provider ?? 'nothing'} serves in place of ${from?.provider ?? 'nothing'}, which is closed, ` +
      `after ${duration(durationMs)}`,
  );
  const rows = differences(before, after).map(({ what, before: was, after: is }) => [what, `${was} → ${is}`]);
  return [
    ...line('before', before.summary),
    ...line('after', after.summary),
    ...(told.length === 0
      ? line('event', 'none: the winner is the same')
      : told.flatMap((text) => line('event', text))),
    ...done.flatMap((text) => line('swap', text)),
    '',
    ...table(rows, screen.width),
    '',
    ...wrap(
      `${others.same} of the ${others.total} other decisions have the same fingerprint as before.`,
      screen.width,
      '  ',
    ),
  ];
}
