import type { ErrorFamily } from '../errors/error-details.js';
import type { LockReport } from './lock-report.js';

/** One step of a deadlock: the section `request` waits for `lock`, which the section `holder` holds. */
export interface DeadlockStep {
  readonly request: string;
  readonly lock: string;
  readonly holder: string;
}

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_LOCK_TIMEOUT: {
      readonly lock: string;
      readonly section: string;
      readonly timeoutMs: number;
      readonly waitedMs: number;
      readonly report: LockReport;
    };
    ONEIRIC_LOCK_DEADLOCK: {
      readonly lock: string;
      readonly section: string;
      readonly waitedMs: number;
      readonly cycle: readonly DeadlockStep[];
      readonly report: LockReport;
    };
    ONEIRIC_LOCK_UNAVAILABLE: {
      readonly lock: string;
      readonly section: string;
      readonly holder: string | undefined;
      readonly pending: number;
    };
    ONEIRIC_LOCK_UPGRADE: { readonly lock: string; readonly section: string; readonly reader: string };
    ONEIRIC_LOCK_NOT_OWNED: { readonly lock: string; readonly holder: string | undefined };
    ONEIRIC_LOCK_CHILD_ACTIVE: {
      readonly lock: string;
      readonly section: string;
      readonly children: readonly string[];
    };
    ONEIRIC_LOCK_QUEUE_FULL: {
      readonly lock: string;
      readonly section: string;
      readonly maxPending: number;
      readonly holder: string | undefined;
    };
    ONEIRIC_LOCK_ORPHANED: {
      readonly lock: string;
      readonly section: string;
      readonly running: readonly string[];
      readonly requeued: readonly string[];
    };
    ONEIRIC_LOCK_OPTION_INVALID: {
      readonly option: string;
      readonly value: string;
      readonly expected: string;
      readonly nearest?: string;
    };
  }
}

const quote = (name: string): string => JSON.stringify(name);
const list = (names: readonly string[]): string => names.map(quote).join(', ');
const listed = (what: string, names: readonly string[]): string =>
  names.length === 0 ? '' : what + list(names);
const heldBy = (holder: string | undefined): string =>
  holder === undefined ? 'Nobody holds it any more, others wait before it' : `${quote(holder)} holds it`;

/** Draws a cycle of waiting: one line per step, and the way back to the first. */
function drawCycle(cycle: readonly DeadlockStep[]): string {
  const lines = cycle.map(
    (step, i) =>
      `  ${i === 0 ? '' : 'in it, '}${quote(step.request)} waits for lock ${quote(step.lock)}, held by ${quote(step.holder)};`,
  );
  const first = cycle[0];
  if (first !== undefined) lines.push(`  in it, ${quote(first.request)} waits: the circle is closed.`);
  return lines.join('\n');
}

function waitingFor(report: LockReport): string {
  const holders = report.held.map(
    (section) => `${quote(innermost(section))} for ${Math.round(section.heldMs)} ms`,
  );
  const others = report.pendingTotal - 1;
  const held = holders.length === 0 ? 'Nobody holds it' : `Held by ${holders.join(', ')}`;
  return others <= 0 ? held : `${held}; ${others} other${others === 1 ? '' : 's'} waiting`;
}

function innermost(section: LockReport['held'][number]): string {
  const child = section.children[0];
  return child === undefined ? section.name : `${section.name} > ${innermost(child)}`;
}

export const LOCK_ERRORS: ErrorFamily<'ONEIRIC_LOCK_'> = {
  ONEIRIC_LOCK_TIMEOUT: {
    summary: 'A section did not get its lock within its timeout.',
    message: (d) =>
      `Section ${quote(d.section)} waited ${Math.round(d.waitedMs)} ms for lock ${quote(d.lock)}, its timeout is ${d.timeoutMs} ms. ` +
      `${waitingFor(d.report)}. Nothing was run. Shorten the section that holds it, raise timeoutMs, or see error.details.report.`,
  },
  ONEIRIC_LOCK_DEADLOCK: {
    summary: 'Sections wait for each other in a circle, and this request closed it.',
    message: (d) =>
      `Deadlock on lock ${quote(d.lock)}, after ${Math.round(d.waitedMs)} ms:\n${drawCycle(d.cycle)}\n` +
      `The request that closed the circle fails so that the others go on. Take the locks in the same order everywhere, ` +
      `or start work that nobody awaits with detach().`,
  },
  ONEIRIC_LOCK_UNAVAILABLE: {
    summary: 'A request with ifAvailable found the lock taken.',
    message: (d) =>
      `Lock ${quote(d.lock)} is not available to section ${quote(d.section)}. ${heldBy(d.holder)}, ${d.pending} waiting. ` +
      `Try again later, or leave ifAvailable out to wait.`,
  },
  ONEIRIC_LOCK_UPGRADE: {
    summary: 'A reader asked to write inside its own read section.',
    message: (d) =>
      `Section ${quote(d.section)} asked to write on lock ${quote(d.lock)} inside the read section ${quote(d.reader)}. ` +
      `Two readers that do so would wait for each other for ever. Call write() first and read inside it, ` +
      `or leave the read section, call write(), and look again at what was read.`,
  },
  ONEIRIC_LOCK_NOT_OWNED: {
    summary: 'Work that needs the lock was called from a context that does not own it.',
    message: (d) =>
      `The calling context does not own lock ${quote(d.lock)}. ${d.holder === undefined ? 'Nobody holds it' : `${quote(d.holder)} holds it`}. ` +
      `Call it inside runExclusive(), and await it there: ownership ends when the section does.`,
  },
  ONEIRIC_LOCK_CHILD_ACTIVE: {
    summary: 'A section did guarded work while one of its own nested sections was running.',
    message: (d) =>
      `Section ${quote(d.section)} of lock ${quote(d.lock)} did guarded work while its nested section ${list(d.children)} is running. ` +
      `Await the nested section first.`,
  },
  ONEIRIC_LOCK_QUEUE_FULL: {
    summary: 'As many requests were waiting as maxPending allows.',
    message: (d) =>
      `Section ${quote(d.section)} may not wait for lock ${quote(d.lock)}: ${d.maxPending} already wait, which is its maxPending. ` +
      `${heldBy(d.holder)}. Send less at a time, or raise maxPending.`,
  },
  ONEIRIC_LOCK_ORPHANED: {
    summary: 'A section of a strict lock settled before its own nested sections.',
    message: (d) =>
      `Section ${quote(d.section)} of the strict lock ${quote(d.lock)} settled before its nested sections` +
      `${listed('; running: ', d.running)}${listed('; waiting: ', d.requeued)}. ` +
      `Await every nested section (Promise.all stops at the first failure, Promise.allSettled does not), or start it with detach().`,
  },
  ONEIRIC_LOCK_OPTION_INVALID: {
    summary: 'A lock was given an option or an argument that it cannot work with.',
    message: (d) =>
      `${d.option} is ${d.value}, expected ${d.expected}.` +
      (d.nearest === undefined ? '' : ` Did you mean ${quote(d.nearest)}?`),
  },
};
