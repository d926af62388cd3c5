import { heldFrames, type LockLevel, type SectionFrame, type WaitingSection } from './lock-frame.js';

/** A request and one of the sections that it waits for. */
export interface WaitEdge {
  readonly waiting: WaitingSection;
  readonly holder: SectionFrame;
}

/*
 * The graph of who waits for whom. A request waits for every section that runs on its level. A section waits for every
 * waiting request that was made from its context, as far as no detach() cut the two apart. The second half is written
 * down on the frames; whoever never waits never touches it.
 */

/** Writes down that the sections of the request's context wait for it. */
export function addWait(waiting: WaitingSection): void {
  for (const frame of heldFrames(waiting.request.context)) {
    const waits = (frame.waits ??= new Map<LockLevel, Set<WaitingSection>>());
    const requests = waits.get(waiting.level);
    if (requests === undefined) waits.set(waiting.level, new Set([waiting]));
    else requests.add(waiting);
  }
}

/** Undoes {@link addWait}; to be called before the request changes its level. */
export function removeWait(waiting: WaitingSection): void {
  for (const { waits } of heldFrames(waiting.request.context)) {
    const requests = waits?.get(waiting.level);
    if (requests?.delete(waiting) === true && requests.size === 0) waits?.delete(waiting.level);
  }
}

/**
 * The shortest circle that `waiting` closed: one that leads from it back to it over older requests only. Since a
 * section that starts has nothing waiting yet, a circle can only come to be when a request begins to wait.
 */
export function findCycle(waiting: WaitingSection): readonly WaitEdge[] | undefined {
  const steps: Step[] = [];
  const seen = new Set<SectionFrame>();
  const follow = (request: WaitingSection, before: Step | undefined): void => {
    for (let holder = request.level.first; holder !== undefined; holder = holder.next) {
      if (seen.has(holder)) continue;
      seen.add(holder);
      steps.push({ waiting: request, holder, before });
    }
  };
  follow(waiting, undefined);
  for (const step of steps) {
    for (const requests of step.holder.waits?.values() ?? []) {
      if (requests.has(waiting)) return pathTo(step);
      const older = firstOlder(requests, waiting.sequence);
      if (older !== undefined) follow(older, step);
    }
  }
  return undefined;
}

type Step = WaitEdge & { readonly before: Step | undefined };

function pathTo(last: Step): readonly WaitEdge[] {
  const path: WaitEdge[] = [];
  for (let step: Step | undefined = last; step !== undefined; step = step.before) path.push(step);
  return path.reverse();
}

/** Some request older than `sequence`. All of `requests` wait on one level, so any of them stands for all. */
function firstOlder(requests: Iterable<WaitingSection>, sequence: number): WaitingSection | undefined {
  for (const request of requests) if (request.sequence < sequence) return request;
  return undefined;
}
