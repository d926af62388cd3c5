import type { Candidate } from '../decision/candidate.js';
import { systemClock } from '../foundation/clock.js';
import { failureChain, type FailureLink } from '../lifecycle/failure-chain.js';
import type { LifecycleEvent, LifecycleEvents, PhaseEvent } from '../lifecycle/lifecycle-events.js';
import type { Operation, Phase } from '../lifecycle/phase.js';
import { type ProviderName, providerName } from '../lifecycle/provider-name.js';
import type { SwapReport } from '../lifecycle/swap-report.js';
import type { AttachTarget } from './attach-target.js';

/** Which keys are meant: all, those of one domain, or one. */
export interface AttachFilter {
  readonly domain?: string;
  readonly key?: string;
}

/** A report of a swap as it comes over the socket: what failed after the binding is told as chains of causes. */
export interface AttachedSwapReport extends Omit<SwapReport, 'problems'> {
  readonly problems: readonly (readonly FailureLink[])[];
}

interface Subject {
  readonly domain: string;
  readonly key: string;
}

/** What each event holds, besides when it was and which one it is. Candidates are told by name and version only. */
export interface AttachEvents {
  /** From here on nothing is missed. The first of every stream. */
  readonly listening: object;
  readonly activated: Subject & { readonly candidate: ProviderName; readonly durationMs: number };
  readonly swapped: AttachedSwapReport;
  readonly deactivated: Subject & { readonly candidate: ProviderName };
  readonly failed: Subject & {
    readonly operation: Operation;
    readonly provider: string | null;
    readonly causes: readonly FailureLink[];
  };
  readonly 'health-changed': Subject & { readonly candidate: ProviderName; readonly isHealthy: boolean };
  readonly paused: Subject & { readonly candidate: ProviderName; readonly reason: string | null };
  readonly resumed: Subject;
  readonly withdrawn: Subject & { readonly candidate: ProviderName };
  readonly phase: PhaseEvent;
  /** Of a swap or a roll-back: it has not begun, since this is being done to the key. Told again when that goes on. */
  readonly waiting: Subject & {
    readonly operation: Operation;
    readonly phase: Phase | null;
    readonly provider: string | null;
  };
  /** Of a swap or a roll-back: its turn has come, and this is what it finds. */
  readonly begun: Subject & { readonly running: ProviderName | null; readonly swaps: number };
  readonly 'status-file-failed': { readonly causes: readonly FailureLink[] };
  readonly 'decision-changed': Subject & {
    readonly revision: number;
    readonly previous: ProviderName | null;
    readonly winner: ProviderName | null;
  };
}

/** One thing that happened in the process. */
export type AttachEvent<E extends keyof AttachEvents = keyof AttachEvents> = {
  readonly [Name in E]: { readonly at: string; readonly event: Name } & AttachEvents[Name];
}[E];

type Plain = { readonly [E in LifecycleEvent]: (event: LifecycleEvents[E]) => AttachEvents[E] };

const PLAIN: Plain = {
  activated: named,
  swapped: plainSwapReport,
  deactivated: named,
  failed: ({ domain, key, operation, provider, error }) => ({
    domain,
    key,
    operation,
    provider,
    causes: failureChain(error),
  }),
  'health-changed': named,
  paused: named,
  resumed: (event) => event,
  withdrawn: named,
  phase: (event) => event,
  'status-file-failed': ({ error }) => ({ causes: failureChain(error) }),
};

export function plainSwapReport(report: SwapReport): AttachedSwapReport {
  return { ...report, problems: report.problems.map(failureChain) };
}

function named<T extends { readonly candidate: Candidate }>(
  event: T,
): Omit<T, 'candidate'> & { readonly candidate: ProviderName } {
  const { candidate } = event;
  return { ...event, candidate: { provider: candidate.provider, version: candidate.version ?? null } };
}

/** An event, with the time of the machine's clock. */
export function attachEvent<E extends keyof AttachEvents>(event: E, payload: AttachEvents[E]): AttachEvent {
  const at = new Date(systemClock.wallTime()).toISOString();
  return { at, event, ...payload } as unknown as AttachEvent;
}

/** Tells everything that happens to the keys of a filter, as plain data. */
export function tellEvents(
  { registry, lifecycle }: AttachTarget,
  filter: AttachFilter,
  tell: (event: AttachEvent) => void,
): Disposable {
  const isMeant = isMeantBy(filter);
  const subscriptions = (Object.keys(PLAIN) as LifecycleEvent[]).map((name) =>
    lifecycle.on(name, (event) => {
      if (isMeant(event)) tell(attachEvent(name, (PLAIN[name] as (event: unknown) => never)(event)));
    }),
  );
  subscriptions.push(
    registry.on('decision-changed', ({ revision, decisions }) => {
      for (const decision of decisions) {
        const { domain, key } = decision;
        if (!isMeant(decision)) continue;
        const [previous, winner] = [providerName(decision.previous), providerName(decision.winner)];
        tell(attachEvent('decision-changed', { domain, key, revision, previous, winner }));
      }
    }),
  );
  return {
    [Symbol.dispose]() {
      for (const subscription of subscriptions) subscription[Symbol.dispose]();
    },
  };
}

/** Is something about one of the keys? What is about no key at all is meant by no filter but the empty one. */
export function isMeantBy({ domain, key }: AttachFilter): (subject: object) => boolean {
  return (subject) => {
    const of = subject as Partial<Subject>;
    return (domain === undefined || of.domain === domain) && (key === undefined || of.key === key);
  };
}
