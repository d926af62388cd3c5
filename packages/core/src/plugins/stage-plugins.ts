import { createError } from '../errors/oneiric-error.js';
import { offeredNames } from './offered-name.js';
import { callListener } from '../observability/listener-failure.js';
import type { PlannedPlugin } from './plan-plugins.js';
import { tellLate } from './plugin-channels.js';
import { cleanUp } from './plugin-cleanup.js';
import { PLUGIN_ERRORS } from './plugin-errors.js';
import { type StageOptions, stagePlugin } from './stage-plugin.js';
import type { FailedPlugin, ReadyPlugin, StagedPlugin } from './staged-plugin.js';

/**
 * Imports and sets up plugins side by side, outside every lock; the result is in the order of the plan, whichever
 * finished first. Where the signal is aborted, what was set up is cleaned up, and nothing of it is left.
 *
 * @throws the signal's reason
 */
export async function stagePlugins(
  plans: readonly PlannedPlugin[],
  options: StageOptions,
): Promise<readonly StagedPlugin[]> {
  const pending = new Set(plans.filter(({ misfit }) => misfit === null).map(({ package: name }) => name));
  const tellPending = (): void => {
    const { onPending } = options;
    if (onPending !== undefined) callListener('plugins:pending', onPending, [...pending]);
  };
  if (pending.size > 0) tellPending();
  const outcomes = await Promise.allSettled(
    plans.map((plan) =>
      stagePlugin(plan, 1, options).finally(() => {
        if (pending.delete(plan.package)) tellPending();
      }),
    ),
  );
  const staged = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined || options.signal?.aborted === true) {
    await discardPlugins(staged, options);
    options.signal?.throwIfAborted();
    throw failed?.reason;
  }
  return refuseTakenNames(staged, options);
}

type CleanupOptions = Pick<StageOptions, 'clock' | 'timeoutMs' | 'runPlugin'>;

/** Cleans up what was set up and will not be committed, side by side. What goes wrong is told to diagnostics. */
export async function discardPlugins(
  staged: readonly StagedPlugin[],
  options: CleanupOptions,
): Promise<void> {
  const ready = staged.filter((plugin) => plugin.state === 'loaded');
  await Promise.all(ready.toReversed().map((plugin) => discard(plugin, options)));
}

async function discard(plugin: ReadyPlugin, options: CleanupOptions): Promise<void> {
  const { package: name } = plugin.plan;
  plugin.end();
  const error = await cleanUp(name, plugin.cleanup, options);
  if (error !== undefined) tellLate(name, 'cleanup', error);
}

async function refuseTakenNames(
  staged: readonly StagedPlugin[],
  options: StageOptions,
): Promise<readonly StagedPlugin[]> {
  const owners = new Map<string, string>();
  const checked: StagedPlugin[] = [];
  for (const plugin of staged) checked.push(await refuseTakenName(plugin, owners, options));
  return checked;
}

/**
 * The plugin, unless another package has its name: then a failed one, whose setup is undone. `owners` has the names so
 * far, and gets this one.
 */
export async function refuseTakenName(
  plugin: StagedPlugin,
  owners: Map<string, string>,
  options: CleanupOptions,
): Promise<StagedPlugin> {
  if (plugin.state !== 'loaded') return plugin;
  const { name, plan, generation, durationMs, candidates } = plugin;
  const by = owners.get(name);
  if (by === undefined) {
    owners.set(name, plan.package);
    return plugin;
  }
  await discard(plugin, options);
  const details = { package: plan.package, name, by };
  const error = createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_NAME_TAKEN', details);
  const offered = offeredNames([...candidates, ...plan.provides]);
  return {
    plan,
    generation,
    durationMs,
    name,
    error,
    offered,
    state: 'failed',
    reason: 'NAME_TAKEN',
  } satisfies FailedPlugin;
}
