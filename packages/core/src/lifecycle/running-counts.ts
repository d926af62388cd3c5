import type { ComponentState } from './component-state.js';
import { stateOf } from './describe-component.js';
import { openCores } from './lifecycle-core.js';

/** One key of one lifecycle: its state, and the calls in flight on what runs and on what drains. */
export interface RunningCount {
  readonly domain: string;
  readonly key: string;
  readonly state: ComponentState;
  readonly inFlight: number;
}

/** Every key that any lifecycle that is not closed was asked about. */
export function* runningCounts(): Generator<RunningCount, void> {
  for (const core of openCores()) {
    for (const slot of core.slots.values()) {
      const { domain, key, current, retiring } = slot;
      let inFlight = current?.leases ?? 0;
      for (const { leases } of retiring) inFlight += leases;
      yield { domain, key, state: stateOf(core, slot), inFlight };
    }
  }
}
