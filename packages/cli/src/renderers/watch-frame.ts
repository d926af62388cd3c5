import { type ComponentStatus, tellDuration } from '@oneiric/core';
import type { AttachEvent, ProcessInfo } from '@oneiric/core/attach';
import stringWidth from 'string-width';

import { fitsAsTable, renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';
import { wrap } from '../wrap.js';
import { keyOfEvent, tellEvent } from './event-words.js';
import { STATUS_HEADINGS, statusRow } from './status-table.js';

/** What the live view shows. */
export interface WatchView {
  readonly process: ProcessInfo;
  readonly statuses: readonly ComponentStatus[];
  /** In the order in which they happened. */
  readonly events: readonly AttachEvent[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How long it has not answered; what is shown is then what it said last. Null where it answers. */
  readonly silentForMs: number | null;
}

/** Which columns are left out where the screen is too small for all of them. */
const COLUMNS = [
  STATUS_HEADINGS,
  ['KEY', 'RUNNING', 'STATE', 'HEALTH', 'CALLS', 'AGAINST THE WINNER'],
  ['KEY', 'RUNNING', 'STATE', 'HEALTH', 'CALLS'],
  ['KEY', 'RUNNING', 'STATE', 'HEALTH'],
  ['KEY', 'RUNNING', 'STATE'],
  ['KEY', 'RUNNING'],
] as const;
/** The least that is left for events, however many components there are. */
const FEWEST_EVENT_LINES = 4;

/** The live view as at most `rows` lines: the process, its components, and as many of the last events as have room. */
export function watchFrame(view: WatchView, screen: Screen, rows: number): readonly string[] {
  const head = headLines(view, screen);
  const table = tableLines(view.statuses, screen, rows - head.length - FEWEST_EVENT_LINES - 1);
  const above = [...head, ...table, ''];
  return [...above, ...eventLines(view.events, screen, rows - above.length)].slice(0, Math.max(1, rows));
}

/** One line: the name, and as many of the facts as there is room for. */
function headLines(
  { process: { name, pid, startedAt, version }, now, silentForMs }: WatchView,
  screen: Screen,
): string[] {
  const age = tellDuration(Math.max(0, now - Date.parse(startedAt)));
  const facts = [`pid ${String(pid)}`, `for ${age}`, 'Ctrl+C ends', `@oneiric/core ${version}`];
  if (silentForMs !== null) facts.unshift(`NO ANSWER for ${tellDuration(silentForMs)}`);
  let line = name;
  for (const fact of facts) {
    const longer = `${line} · ${fact}`;
    if (stringWidth(longer) > screen.width) break;
    line = longer;
  }
  return [screen.strong(name) + screen.faint(line.slice(name.length)), ''];
}

/** With as many columns as there is room for in `most` lines, and every component on as few lines as that takes. */
function tableLines(statuses: readonly ComponentStatus[], screen: Screen, most: number): readonly string[] {
  if (statuses.length === 0) return ['Nothing was started yet.'];
  const rows = statuses.map(statusRow);
  const tables = COLUMNS.map((headings) => {
    const shown = rows.map((row) => headings.map((heading) => row[STATUS_HEADINGS.indexOf(heading)] ?? ''));
    const isTable = fitsAsTable(headings, shown, screen);
    return { isTable, lines: renderTable(headings, shown, screen).split('\n') };
  }).filter(({ isTable }) => isTable);
  const fitting = tables.find(({ lines }) => lines.length <= most) ?? tables.at(-1);
  const lines = fitting?.lines ?? rows.map(([key = '', running = '']) => `${key} ${running}`);
  if (lines.length <= most) return lines;
  const seen = lines.slice(0, Math.max(1, most - 1));
  return [...seen, screen.faint(`… and ${String(lines.length - seen.length)} more`)];
}

/** The last events that fit, the newest at the bottom. */
function eventLines(events: readonly AttachEvent[], screen: Screen, most: number): readonly string[] {
  const lines: string[] = [];
  for (const event of events.toReversed()) {
    const words = tellEvent(event);
    if (words === undefined) continue;
    const time = event.at.slice(11, 19);
    const text = [keyOfEvent(event), words].filter((part) => part !== '').join(' ');
    const own = wrap(text, screen.width, {
      first: `${screen.faint(time)} `,
      rest: ' '.repeat(time.length + 1),
    });
    if (lines.length + own.length > most) break;
    lines.unshift(...own);
  }
  return lines.length === 0 && most > 0 ? [screen.faint('What happens is shown here.')] : lines;
}
