import { heldFrames, type SectionFrame, type WaitingSection } from './lock-frame.js';

/** A request and one of the sections that it waits for. */
export interface WaitEdge {
  readonly request: WaitingSection;
  readonly holder: SectionFrame;
}

/*
 * The graph of who waits for whom. A request waits for every section that runs on its level. A section waits for every
 * waiting request that was made from its context, as far as no detach() cut the two apart. The second half is written
 * down on the frames; whoever never waits never touches it.
 */

/** Writes down that the sections of the request's context wait for it. */
export function addWait(request: WaitingSection): void {
  for (const frame of heldFrames(request.context)) {
    const waits = (frame.waits ??= new Map());
    const requests = waits.get(request.level);
    if (requests === undefined) waits.set(request.level, new Set([request]));
    else requests.add(request);
  }
}

/** Undoes {@link addWait}; to be called before the request changes its level. */
export function removeWait(request: WaitingSection): void {
  for (const { waits } of heldFrames(request.context)) {
    const requests = waits?.get(request.level);
    if (requests?.delete(request) === true && requests.size === 0) waits?.delete(request.level);
  }
}

/**
 * The shortest circle that `request` closed: one that leads from it back to it over older requests only. Since a
 * section that starts has nothing waiting yet, a circle can only come to be when a request begins to wait.
 */
export function findCycle(request: WaitingSection): readonly WaitEdge[] | undefined {
  if (request.context === undefined) return undefined;
  type Step = WaitEdge & { readonly before: Step | undefined };
  const steps: Step[] = [];
  const seen = new Set<SectionFrame>();
  const follow = (waiting: WaitingSection, before: Step | undefined): void => {
    for (let holder = waiting.level.first; holder !== undefined; holder = holder.next) {
      if (seen.has(holder)) continue;
      seen.add(holder);
      steps.push({ request: waiting, holder, before });
    }
  };
  follow(request, undefined);
  for (const step of steps) {
    for (const requests of step.holder.waits?.values() ?? []) {
      if (requests.has(request)) return pathTo(step);
      const older = oldest(requests, request.sequence);
      if (older !== undefined) follow(older, step);
    }
  }
  return undefined;

  function pathTo(last: Step): readonly WaitEdge[] {
    const path: WaitEdge[] = [];
    for (let step: Step | undefined = last; step !== undefined; step = step.before) path.push(step);
    return path.reverse();
  }
}

/** Some request older than `sequence`; all of `requests` wait on one level, so one stands for all. */
function oldest(requests: Iterable<WaitingSection>, sequence: number): WaitingSection | undefined {
  for (const request of requests) if (request.sequence < sequence) return request;
  return undefined;
}
