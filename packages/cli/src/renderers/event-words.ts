import { printable, type ProviderName, tellDuration } from '@oneiric/core';
import type { AttachEvent } from '@oneiric/core/attach';

type EventName = AttachEvent['event'];
type Words = {
  readonly [E in EventName]: (event: Extract<AttachEvent, { readonly event: E }>) => string | undefined;
};

/** What happened, in words; undefined for what is only the beginning of something that is told when it has ended. */
const EVENT_WORDS: Words = {
  listening: () => undefined,
  activated: ({ candidate, durationMs }) => `started ${nameOf(candidate)} in ${tellDuration(durationMs)}`,
  swapped: ({ outcome, from, to, durationMs, problems }) => {
    const took = `in ${tellDuration(durationMs)}`;
    const failed = problems.map(([first]) => `; then failed: ${first?.message ?? 'something'}`).join('');
    if (outcome === 'started') return `started ${nameOf(to)} ${took}${failed}`;
    if (outcome === 'swapped') return `swapped from ${nameOf(from)} to ${nameOf(to)} ${took}${failed}`;
    return undefined;
  },
  deactivated: ({ candidate }) => `stopped ${nameOf(candidate)}`,
  failed: ({ operation, causes }) => causes[0]?.message ?? `${operation} failed`,
  'health-changed': ({ candidate, isHealthy }) =>
    `${nameOf(candidate)} is ${isHealthy ? 'healthy again' : 'unhealthy'}`,
  paused: ({ candidate, reason }) =>
    `${nameOf(candidate)} is paused${reason === null ? '' : ` (${reason})`}: new calls are held`,
  resumed: () => 'resumed: calls go through again',
  withdrawn: ({ candidate }) => `${nameOf(candidate)} goes on serving, and nothing wins`,
  phase: ({ phase, provider, state, durationMs }) => {
    if (state === 'began') return undefined;
    const took = tellDuration(durationMs ?? 0);
    return state === 'ended'
      ? `${phase} of ${provider} took ${took}`
      : `${phase} of ${provider} failed after ${took}`;
  },
  waiting: () => undefined,
  begun: () => undefined,
  'status-file-failed': ({ causes }) => causes[0]?.message ?? 'the status file could not be written or read',
  'decision-changed': ({ winner, previous, revision }) => {
    const at = `, since revision ${String(revision)}`;
    if (winner === null) return `nothing wins${at}`;
    if (previous === null) return `${nameOf(winner)} wins${at}`;
    return winner.provider === previous.provider && winner.version === previous.version
      ? `${nameOf(winner)} wins, another one than before${at}`
      : `${nameOf(winner)} wins instead of ${nameOf(previous)}${at}`;
  },
};

/** An event in words, on one line; undefined where there is nothing to say of it. */
export function tellEvent(event: AttachEvent): string | undefined {
  const words = (EVENT_WORDS[event.event] as ((event: AttachEvent) => string | undefined) | undefined)?.(
    event,
  );
  return words === undefined ? undefined : printable(words);
}

/** `adapter/cache`; empty for what is about no key. */
export function keyOfEvent(event: AttachEvent): string {
  return 'domain' in event ? `${event.domain}/${event.key}` : '';
}

function nameOf(name: ProviderName | null): string {
  if (name === null) return 'nothing';
  return name.version === null ? name.provider : `${name.provider} ${name.version}`;
}
