import type { Clock } from '../foundation/clock.js';
import type { DeadlockStep } from './lock-errors.js';
import { sectionLabel, type WaitingSection } from './lock-frame.js';
import { findCycle, type WaitEdge } from './wait-graph.js';

/** A request that can be suspected to have closed a circle. */
interface Suspect extends WaitingSection {
  /** Runs for the time of the grace; whoever takes the request out of its queue disposes of it. */
  suspicion: Disposable | undefined;
}

/**
 * Looks whether `waiting`, which has just begun to wait, closed a circle. If so, every lock of the circle says so at
 * once; and if it still stands after the largest grace of those locks, `fail` is called.
 */
export function watchForDeadlock(
  waiting: Suspect,
  clock: Clock,
  fail: (cycle: readonly DeadlockStep[]) => void,
): void {
  const cycle = findCycle(waiting);
  if (cycle === undefined) return;
  const graceMs = graceOf(cycle);
  judgeAfter(graceMs);
  const payload = { cycle: cycle.map(describeEdge), graceMs };
  for (const { events } of new Set(cycle.map(({ holder }) => holder.core))) {
    events.emit('deadlock-suspected', payload);
  }

  /** Another circle that the same request closed may be left, with a longer grace of its own. */
  function judgeAfter(ms: number): void {
    waiting.suspicion = clock.after(ms, judge, { keepsAlive: true });
  }

  function judge(): void {
    const standing = findCycle(waiting);
    if (standing === undefined) return;
    const leftMs = graceOf(standing) - (clock.now() - waiting.since);
    if (leftMs >= 1) judgeAfter(leftMs);
    else fail(standing.map(describeEdge));
  }
}

/** The largest grace of the locks in a circle. */
function graceOf(cycle: readonly WaitEdge[]): number {
  return cycle.reduce((most, { holder }) => Math.max(most, holder.core.settings.deadlockGraceMs), 0);
}

function describeEdge({ waiting, holder }: WaitEdge): DeadlockStep {
  return { request: sectionLabel(waiting.request), lock: holder.core.name, holder: sectionLabel(holder) };
}
