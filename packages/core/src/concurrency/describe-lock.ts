import { SectionFrame, sectionLabel, type LockLevel, type WaitingSection } from './lock-frame.js';
import type { LockReport, LockRequest, LockSection } from './lock-report.js';

/** How many sections, and how many requests, the report of an error lists. */
const MOST_IN_ERROR = 32;

/** What `query()` answers, at this instant. */
export function describeLock(root: LockLevel): LockReport {
  return describe(root, Infinity);
}

/** The report of an error: bounded, so that many failures at once stay cheap; `about` is always among the requests. */
export function describeFailure(root: LockLevel, about: WaitingSection): LockReport {
  const report = describe(root, MOST_IN_ERROR);
  if (report.pendingTotal === report.pending.length) return report;
  const itself = describeRequest(about, root.core.settings.clock.now());
  return { ...report, pending: [...report.pending.slice(0, MOST_IN_ERROR - 1), itself] };
}

/** One running section and what runs inside it; at most `most` sections in all. */
export function describeSection(frame: SectionFrame, now: number, most = MOST_IN_ERROR): LockSection {
  const held: LockSection[] = [];
  describeTree([{ frame, into: held }], now, most);
  return held[0] ?? bare(frame, now, []);
}

export function describeRequest(request: WaitingSection, now: number): LockRequest {
  const { shared, since, level } = request;
  return {
    name: sectionLabel(request),
    mode: shared ? 'shared' : 'exclusive',
    waitedMs: now - since,
    ...(level instanceof SectionFrame ? { within: sectionLabel(level) } : {}),
  };
}

interface Task {
  readonly frame: SectionFrame;
  readonly into: LockSection[];
}

function describe(root: LockLevel, most: number): LockReport {
  const { name, settings, statistics } = root.core;
  const now = settings.clock.now();
  const held: LockSection[] = [];
  const tasks = root.running().map((frame): Task => ({ frame, into: held }));
  const levels = [root, ...describeTree(tasks.reverse(), now, most)];
  const pending: LockRequest[] = [];
  let pendingTotal = 0;
  for (const level of levels.reverse()) {
    pendingTotal += level.waiting;
    for (const request of level.queue ?? []) {
      if (pending.length >= most) break;
      pending.push(describeRequest(request, now));
    }
  }
  return {
    lock: name,
    held,
    pending,
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
