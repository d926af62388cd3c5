import { printable } from '../foundation/printable.js';
import type { ComponentState } from './component-state.js';
import type { ComponentStatus, StandingReason } from './component-status.js';
import type { Operation, Phase } from './phase.js';
import type { RunningStanding } from './running-report.js';
import type { ProviderName } from './provider-name.js';

/** The words of what runs. */
export const LIFECYCLE_WORDING = {
  running: { process: 'Running', 'status-file': 'Running, by the status file' },
  durations: 'How long it took',
  holders: 'Who holds what',
  history: 'Last decisions',
  state: 'state',
  boundFor: (duration: string) => `for ${duration}`,
  inFlight: (count: number) =>
    `${count === 0 ? 'no' : String(count)} ${count === 1 ? 'call' : 'calls'} in flight`,
  heldCalls: (count: number) => `${String(count)} ${count === 1 ? 'call waits' : 'calls wait'}`,
  pause: (reason: string | null, duration: string, wait: string) =>
    `paused for ${duration}${reason === null ? '' : `: ${reason}`}; a call that waits fails after ${wait}`,
  swaps: (count: number) => `swapped ${count === 1 ? 'once' : `${String(count)} times`}`,
  operation: (kind: Operation, phase: Phase | null) =>
    `under way: ${OPERATION_WORDING[kind]}${phase === null ? '' : `, at ${phase}`}`,
  failure: (provider: string | null, attempts: number) =>
    `failed last${provider === null ? '' : `: ${provider}`}` +
    (attempts < 2 ? '' : `, ${String(attempts)} times in a row`),
  lastSwap: (from: string, to: string, operation: Operation, duration: string) =>
    `last swap: from ${from} to ${to}, by ${OPERATION_WORDING[operation]}, took ${duration}`,
  afterBinding: 'what failed after the binding:',
  cause: 'because',
  lastGood: (name: string) => `a roll-back would return to ${name}`,
  injected: 'was given',
  need: (parameter: string, name: string, running: string | null) =>
    `${name} as ${parameter}${running === null ? ', which does not run' : `, where ${running} runs`}`,
  dependents: 'was given to',
  retiring: 'not closed yet',
  revision: (revision: number) => `revision ${String(revision)}:`,
  earlier: (count: number) => `and ${String(count)} earlier`,
} as const;

/** The columns of the durations. */
export const DURATION_COLUMNS = {
  count: 'times',
  lastMs: 'last',
  p50Ms: 'p50',
  p95Ms: 'p95',
  p99Ms: 'p99',
} as const;

/** What runs against what would win, and why it was not swapped, in a sentence. One line that a terminal shows as it is. */
export function tellStanding(standing: RunningStanding): string {
  return printable(STANDING_WORDING[standing.reason](standing));
}

const STANDING_WORDING: Readonly<Record<StandingReason, (standing: RunningStanding) => string>> = {
  same: ({ winner }) => `${nameOf(winner)} runs, and wins.`,
  'not-running': ({ winner }) =>
    winner === null ? 'Nothing runs, and nothing wins.' : `Nothing runs; ${nameOf(winner)} would be started.`,
  'nothing-wins': ({ running }) =>
    `${nameOf(running)} runs, and nothing wins: a decision never stops what runs.`,
  swapping: ({ running, winner }) => `${nameOf(running)} runs, and ${nameOf(winner)} is being swapped in.`,
  paused: (standing) =>
    `${runsInsteadOf(standing)}: what is paused is not replaced before it is resumed, unless somebody swaps it.`,
  failed: (standing) => `${runsInsteadOf(standing)}: it was tried, and failed.`,
  'failover-off': (standing) =>
    `${runsInsteadOf(standing)} only because what runs is unhealthy: failover is switched off.`,
  'follow-off': (standing) =>
    `${runsInsteadOf(standing)}: following decisions is switched off, somebody has to swap it.`,
  chosen: (standing) =>
    `${runsInsteadOf(standing)}: somebody swapped or rolled back, and that holds until another one wins.`,
  pending: (standing) => `${runsInsteadOf(standing)}: the swap has not begun yet.`,
  'decided-otherwise': (standing) => {
    const { winnerThere = null } = standing;
    return `${runsInsteadOf(standing)} here: where it runs, ${winnerThere === null ? 'nothing' : nameOf(winnerThere)} won.`;
  },
};

export const STATE_WORDING: Readonly<Record<ComponentState, string>> = {
  registered: 'registered: it was never started',
  activating: 'activating: it is being started',
  ready: 'ready',
  draining: 'draining: calls in flight end, no new ones begin',
  retired: 'retired: it was stopped',
  failed: 'failed: it could not be started',
  paused: 'paused: new calls are held',
  withdrawn: 'withdrawn: nobody offers it any more',
};

export const HEALTH_WORDING: Readonly<Record<ComponentStatus['health'], string>> = {
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  unknown: 'health unknown',
};

const OPERATION_WORDING: Readonly<Record<Operation, string>> = {
  activate: 'a start',
  swap: 'a requested swap',
  rollback: 'a roll-back',
  follow: 'following the decision',
  deactivate: 'a stop',
  close: 'the end of the lifecycle',
  pause: 'a pause',
  drain: 'a drain',
  resume: 'a resumption',
  probe: 'a probe',
  trial: 'a trial of one that was unhealthy',
};

/** `redis 2.1.0` */
export function nameOf(name: ProviderName | null): string {
  if (name === null) return 'nothing';
  return name.version === null ? name.provider : `${name.provider} ${name.version}`;
}

function runsInsteadOf({ running, winner }: RunningStanding): string {
  return `${nameOf(running)} runs, and ${nameOf(winner)} wins`;
}
