import { deepFreeze } from '../foundation/deep-freeze.js';
import type { ComponentState } from './component-state.js';
import { redactText } from '../security/redact.js';
import type {
  ComponentStatus,
  PauseFacts,
  Standing,
  StandingReason,
  SwapRecord,
} from './component-status.js';
import { losesByHealth } from './decision-follower.js';
import type { DurationSummary } from './durations.js';
import { failureChain } from './failure-chain.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { injectedNeeds } from '../dependencies/injected-needs.js';
import { runsAs } from './plan-swap.js';
import { providerName } from './provider-name.js';
import type { Slot } from './slot.js';
import { dependentsOf } from './stop-component.js';
import { decisionFor } from './swap-component.js';

/** What there is to say of one key at this moment. Looks, and changes nothing. */
export function describeComponent(
  core: LifecycleCore,
  slot: Slot,
  dependents: readonly Slot[] = dependentsOf(core, slot),
): ComponentStatus {
  const { domain, key, current, facts, operation } = slot;
  const { failure, boundAt } = facts;
  const running = providerName(current?.candidate);
  const lastGood = facts.lastGoodBut(running);
  return deepFreeze({
    domain,
    key,
    state: stateOf(core, slot),
    running,
    boundForMs: current === undefined || boundAt === undefined ? null : core.clock.now() - boundAt,
    standing: standingOf(core, slot),
    health: facts.health.state,
    inFlight: current?.leases ?? 0,
    heldCalls: slot.heldCalls,
    pause: pauseOf(core, slot),
    retiring: [...slot.retiring].map(({ candidate, leases }) => ({
      provider: candidate.provider,
      version: candidate.version ?? null,
      inFlight: leases,
    })),
    operation: operation === undefined ? null : { ...operation },
    swaps: facts.swaps,
    lastSwap: lastSwapOf(slot),
    lastGood: lastGood === undefined ? null : { ...lastGood },
    failure:
      failure === undefined ? null : { provider: failure.provider, causes: failureChain(failure.error) },
    attempts: failure?.attempts ?? 0,
    durations: durationsOf(slot),
    dependencies:
      current === undefined
        ? []
        : injectedNeeds(current.candidate).map((need) => ({
            ...need,
            running: core.slots.get(`${need.domain}/${need.key}`)?.current?.candidate.provider ?? null,
          })),
    dependents: dependents.map(({ name }) => name),
  });
}

/** Was anything of it ever started or tried to be, or does somebody wait for it? */
export function isListed(core: LifecycleCore, slot: Slot): boolean {
  return slot.isWanted || slot.facts.lastGood !== undefined || stateOf(core, slot) !== 'registered';
}

function pauseOf({ clock, waitMs }: LifecycleCore, { pause }: Slot): PauseFacts | null {
  if (pause === undefined) return null;
  const { reason, since } = pause;
  return {
    reason: reason === undefined ? null : redactText(reason),
    forMs: clock.now() - since,
    waitMs,
  };
}

/** The state, from what is there; nothing keeps a second record of it that could differ. */
export function stateOf(core: LifecycleCore, slot: Slot): ComponentState {
  const { current, operation, facts } = slot;
  if (current === undefined) {
    if (slot.retiring.size > 0) return 'draining';
    if (slot.isStopped) return 'retired';
    if (operation !== undefined || slot.flight.isFlying) return 'activating';
    return facts.failure === undefined ? 'registered' : 'failed';
  }
  if (slot.isDraining) return 'draining';
  if (slot.isHeld('paused')) return 'paused';
  return isRegistered(core, slot) ? 'ready' : 'withdrawn';
}

/** Does the registry still offer what runs? */
function isRegistered(core: LifecycleCore, slot: Slot): boolean {
  const sequence = slot.current?.candidate.sequence;
  return decisionFor(core, slot).question.facts.candidates.some((known) => known.sequence === sequence);
}

function standingOf(core: LifecycleCore, slot: Slot): Standing {
  const { winner } = decisionFor(core, slot);
  return {
    running: providerName(slot.current?.candidate),
    winner: providerName(winner ?? undefined),
    reason: reasonFor(core, slot),
  };
}

/** The first that applies. */
function reasonFor(core: LifecycleCore, slot: Slot): StandingReason {
  const { current, facts, operation } = slot;
  const { winner } = decisionFor(core, slot);
  if (current === undefined) return 'not-running';
  if (winner === null) return 'nothing-wins';
  if (runsAs(current.candidate, winner)) return 'same';
  if (operation !== undefined && ['swap', 'follow', 'rollback'].includes(operation.kind)) return 'swapping';
  if (slot.isHeld('paused')) return 'paused';
  if (facts.failure?.provider === winner.provider) return 'failed';
  if (!core.settings.failover && losesByHealth(core, slot)) return 'failover-off';
  if (facts.boundBy === 'swap' || facts.boundBy === 'rollback') return 'chosen';
  return core.settings.follow ? 'pending' : 'follow-off';
}

function lastSwapOf({ facts: { lastSwap } }: Slot): SwapRecord | null {
  if (lastSwap === undefined) return null;
  const { from, to, durationMs, problems } = lastSwap.report;
  return { operation: lastSwap.operation, from, to, durationMs, problems: problems.map(failureChain) };
}

function durationsOf({ facts }: Slot): Readonly<Record<string, DurationSummary>> {
  const entries = Object.entries({
    activation: facts.activationDurations.summary(),
    swap: facts.swapDurations.summary(),
    ...facts.phases(),
  });
  return Object.fromEntries(
    entries.filter((entry): entry is [string, DurationSummary] => entry[1] !== undefined),
  );
}
