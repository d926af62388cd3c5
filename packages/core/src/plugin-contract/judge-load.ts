import type { ProbeState } from './probe-state.js';
import { startedSince } from './process-traces.js';
import { createTrialHost, type TrialHost } from './trial-host.js';

const WHERE = 'loadPlugins';

/** Loads it, unloads it, and looks at what is left. */
export async function judgeLoad(probe: ProbeState): Promise<void> {
  const host = await load(probe, 'load');
  if (host === undefined) return;
  probe.loaded = host.offered();
  await unload(probe, host);
}

/** Loads it once more. */
export async function judgeReload(probe: ProbeState): Promise<void> {
  const host = await load(probe, 'reload');
  if (host === undefined) return;
  const before = probe.loaded.join(', ');
  const now = host.offered().join(', ');
  if (now !== before)
    probe.blame('reload', { where: WHERE, found: `${now || 'nothing'} instead of ${before}` });
  await unload(probe, host);
}

/** A host that has loaded it; undefined where it could not, which is told. */
export async function load(
  probe: ProbeState,
  rule: 'load' | 'reload' = 'load',
): Promise<TrialHost | undefined> {
  const host = await createTrialHost(probe.request);
  const { state, reason, detail, error } = host.report;
  if (state === 'loaded') return host;
  if (error === null)
    probe.blame(rule, { where: WHERE, found: `${state}, ${String(reason)}: ${String(detail)}` });
  else probe.blameThrown(rule, WHERE, error);
  await host.plugins.close().catch(() => undefined);
  return undefined;
}

/** Unloads it from a host, and tells what it leaves. */
export async function unload(probe: ProbeState, host: TrialHost): Promise<void> {
  const { error } = await host.plugins.unload(probe.request.package);
  if (error !== null) probe.blameThrown('unload', 'the cleanup of setup', error);
  const left = host.offered();
  if (left.length > 0) probe.blame('unload', { where: 'the registry', found: left.join(', ') });
  const started = await startedSince(probe.resources);
  if (started.length > 0) probe.blame('unload', { where: 'the process', found: started.join(', ') });
}
