import { SectionFrame, sectionLabel, type LockLevel, type WaitingSection } from './lock-frame.js';
import type { LockReport, LockRequest, LockSection } from './lock-report.js';

/** How many sections, and how many requests, the report of an error lists. */
const MOST_IN_ERROR = 32;

/** What `query()` answers, at this instant. */
export function describeLock(root: LockLevel): LockReport {
  const now = root.core.settings.clock.now();
  const { held, waiting } = survey(root, now, Infinity);
  return report(root, now, held, waiting, waiting.length);
}

/** The report of an error: bounded, so that many failures at once stay cheap; `about` is always among the requests. */
export function describeFailure(root: LockLevel, about: WaitingSection, pendingTotal: number): LockReport {
  const now = root.core.settings.clock.now();
  const { held, waiting } = survey(root, now, MOST_IN_ERROR);
  if (!waiting.includes(about)) waiting.splice(MOST_IN_ERROR - 1, Infinity, about);
  return report(root, now, held, waiting, pendingTotal);
}

/** One running section and what runs inside it; at most `most` sections in all. */
export function describeSection(frame: SectionFrame, now: number, most = MOST_IN_ERROR): LockSection {
  const held: LockSection[] = [];
  describeTree([{ frame, into: held }], now, most);
  return held[0] ?? bare(frame, now, []);
}

export function describeRequest(waiting: WaitingSection, now: number): LockRequest {
  const { request, since, level } = waiting;
  return {
    name: sectionLabel(request),
    mode: request.shared ? 'shared' : 'exclusive',
    waitedMs: now - since,
    ...(level instanceof SectionFrame ? { within: sectionLabel(level) } : {}),
  };
}

interface Task {
  readonly frame: SectionFrame;
  readonly into: LockSection[];
}

/** At most `most` running sections, and as many of the requests that wait on their levels, in the order of service. */
function survey(root: LockLevel, now: number, most: number) {
  const held: LockSection[] = [];
  const tasks = root.running().map((frame): Task => ({ frame, into: held }));
  const levels = [root, ...describeTree(tasks.reverse(), now, most)];
  const waiting: WaitingSection[] = [];
  for (const level of levels.reverse()) {
    for (const request of level.queue ?? []) {
      if (waiting.length >= most) break;
      waiting.push(request);
    }
  }
  return { held, waiting };
}

function report(
  root: LockLevel,
  now: number,
  held: readonly LockSection[],
  waiting: readonly WaitingSection[],
  pendingTotal: number,
): LockReport {
  const { name, statistics } = root.core;
  return {
    lock: name,
    held,
    pending: waiting.map((request) => describeRequest(request, now)),
    pendingTotal,
    counters: { ...statistics.counters },
    times: { ...statistics.times },
  };
}

/** Describes trees of sections from a stack of their roots, and returns every section as it came to it. */
function describeTree(stack: Task[], now: number, most: number): SectionFrame[] {
  const visited: SectionFrame[] = [];
  for (let task = stack.pop(); task !== undefined && visited.length < most; task = stack.pop()) {
    const { frame, into } = task;
    const children: LockSection[] = [];
    into.push(bare(frame, now, children));
    visited.push(frame);
    for (const child of frame.running().reverse()) stack.push({ frame: child, into: children });
  }
  return visited;
}

function bare(frame: SectionFrame, now: number, children: readonly LockSection[]): LockSection {
  return {
    name: sectionLabel(frame),
    mode: frame.reader ? 'shared' : 'exclusive',
    heldMs: now - frame.startedAt,
    children,
  };
}
