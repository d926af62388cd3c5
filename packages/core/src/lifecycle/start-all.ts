import type { LifecycleCore } from './lifecycle-core.js';
import { startComponent } from './start-component.js';

/**
 * Starts the winner of every key, or of those of one domain, where one wins and it is a singleton.
 *
 * @throws an `AggregateError` of all that could not be started, the signal's reason
 */
export async function startAll(
  core: LifecycleCore,
  { domain, signal }: { readonly domain?: string; readonly signal?: AbortSignal },
): Promise<void> {
  core.assertOpen('lifecycle.activateAll()');
  const winners = core.registry.listActive(domain).filter(({ scope }) => scope === 'singleton');
  const results = await Promise.allSettled(
    winners.map((winner) => startComponent(core, core.slotOf(winner.domain, winner.key), signal)),
  );
  signal?.throwIfAborted();
  const failed = results.flatMap((result, index) => {
    const winner = winners[index];
    return result.status === 'rejected' && winner !== undefined
      ? [{ name: `${winner.domain}/${winner.key}`, error: result.reason as unknown }]
      : [];
  });
  if (failed.length === 0) return;
  throw new AggregateError(
    failed.map(({ error }) => error),
    `${String(failed.length)} of ${String(winners.length)} components could not be started: ` +
      `${failed.map(({ name }) => name).join(', ')}. See error.errors.`,
  );
}
