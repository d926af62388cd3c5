import { type ComponentStatus, printable, tellDuration } from '@oneiric/core';

/** What it costs that something is paused, and how to end that; undefined where it is not. */
export function tellHeldCalls(
  { pause, heldCalls }: Pick<ComponentStatus, 'pause' | 'heldCalls'>,
  resume: string,
): string | undefined {
  if (pause === null) return undefined;
  const limit = tellDuration(pause.waitMs);
  const waiting = heldCalls === 1 ? '1 call waits' : `${heldCalls} calls wait`;
  const cost =
    heldCalls === 0
      ? `new calls wait, and fail after ${limit}`
      : `${waiting}, and new ones will; each fails after ${limit}`;
  return `${cost}. Let them through with: ${resume}`;
}

/** As `tellHeldCalls`, of what was paused before. */
export function tellStillPaused(
  status: Pick<ComponentStatus, 'pause' | 'heldCalls'>,
  resume: string,
): string | undefined {
  const held = tellHeldCalls(status, resume);
  if (held === undefined) return undefined;
  const reason = status.pause?.reason ?? null;
  return `it is still paused${reason === null ? '' : ` (${printable(reason)})`}: ${held}`;
}
