import type { LifecycleCore } from './lifecycle-core.js';
import { disposalOrder } from './disposal-order.js';
import { injectedNeeds } from '../dependencies/injected-needs.js';
import { retire } from './stop-component.js';

/**
 * Stops everything that runs, dependents before what they depend on and independent ones side by side, and waits for
 * every operation that is under way to end. @returns what went wrong
 */
export async function closeComponents(core: LifecycleCore): Promise<readonly unknown[]> {
  const problems: unknown[] = [];
  for (const slot of core.slots.values()) slot.wake();
  const running = [...core.slots.values()]
    .filter(({ current }) => current !== undefined)
    .sort((a, b) => (a.facts.boundAt ?? 0) - (b.facts.boundAt ?? 0));
  const { waves } = disposalOrder(
    running.map(({ name, current }) => ({
      name,
      needs:
        current === undefined
          ? []
          : injectedNeeds(current.candidate).map(({ domain, key }) => `${domain}/${key}`),
    })),
  );
  const isRunning = new Set(running);
  const idle = [...core.slots.values()].filter((slot) => !isRunning.has(slot)).map(({ name }) => name);
  for (const wave of [...waves, idle]) {
    await Promise.all(
      wave.map(async (name) => {
        const slot = core.slots.get(name);
        if (slot === undefined) return;
        problems.push(...(await core.exclusive(slot, 'close', undefined, () => retire(core, slot, 'close'))));
      }),
    );
  }
  while (core.phases.leftovers.size > 0) await Promise.all(core.phases.leftovers);
  return problems;
}
