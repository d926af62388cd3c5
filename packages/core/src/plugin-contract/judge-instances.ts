import type { Candidate } from '../decision/candidate.js';
import { OneiricError } from '../errors/oneiric-error.js';
import type { LifecycleManager } from '../lifecycle/lifecycle-manager.js';
import { offeredNames } from '../plugins/offered-name.js';
import { countClosings } from './closing-count.js';
import type { ContractRuleId } from './contract-rules.js';
import { load, unload } from './judge-load.js';
import type { ProbeState } from './probe-state.js';
import { runningResources, startedSince } from './process-traces.js';
import { createTrialStage, type TrialHost, type TrialStage } from './trial-host.js';

/** Builds an instance of every candidate, one after the other, and closes it again. */
export async function judgeInstances(probe: ProbeState): Promise<void> {
  const host = await load(probe, 'reload');
  if (host === undefined) return;
  const stage = await stageOf(probe, host);
  for (const { name, reason } of stage.unfit) {
    probe.blame('build', { where: `${name.domain}/${name.key} ${name.provider}`, found: reason });
  }
  const closings: (() => void)[] = [];
  for (const candidate of stage.candidates) {
    probe.judging('build');
    const before = runningResources();
    const lifecycle = stage.lifecycle();
    if (await build(probe, lifecycle, candidate, 'build')) {
      const { domain, key } = candidate;
      const count = countClosings(lifecycle.live(domain, key).peek());
      if (count !== undefined) closings.push(() => judgeCount(probe, candidate, count()));
      await close(probe, lifecycle, candidate);
      const started = await startedSince(before);
      if (started.length > 0) {
        probe.blame('instances-leave-nothing', { where: tell(candidate), found: started.join(', ') });
        probe.resources = runningResources();
      }
    }
    await lifecycle.close().catch(() => undefined);
  }
  await unload(probe, host);
  for (const judge of closings) judge();
}

/** Runs two of everything at once, and closes the one before the other. */
export async function judgeSideBySide(probe: ProbeState): Promise<void> {
  const hosts = [await load(probe, 'reload'), await load(probe, 'reload')].flatMap((host) => host ?? []);
  const [first, second] = await Promise.all(hosts.map((host) => stageOf(probe, host)));
  if (first !== undefined && second !== undefined) await judgePairs(probe, first, second);
  for (const { plugins } of hosts) await plugins.unload(probe.request.package);
}

async function judgePairs(probe: ProbeState, first: TrialStage, second: TrialStage): Promise<void> {
  const rule = 'side-by-side';
  for (const [at, candidate] of first.candidates.entries()) {
    const other = second.candidates[at];
    if (other === undefined) continue;
    probe.judging(rule);
    const [closed, kept] = [first.lifecycle(), second.lifecycle()];
    const both = (await build(probe, closed, candidate, rule)) && (await build(probe, kept, other, rule));
    await closed.close().catch((error: unknown) => {
      probe.blameThrown(rule, tell(candidate), error);
    });
    if (both) await judgeHealth(probe, kept, other);
    await kept.close().catch((error: unknown) => {
      probe.blameThrown(rule, tell(candidate), error);
    });
  }
}

async function judgeHealth(
  probe: ProbeState,
  lifecycle: LifecycleManager,
  candidate: Candidate,
): Promise<void> {
  const { domain, key } = candidate;
  const { isHealthy, error } = await lifecycle.probe(domain, key);
  if (isHealthy) return;
  const where = `${tell(candidate)}, after another one was closed`;
  if (error === undefined) probe.blame('side-by-side', { where, found: 'that it is not well' });
  else probe.blameThrown('side-by-side', where, error);
}

/** Starts one candidate; whether it runs. What failed counts against `rule`, but for its health. */
async function build(
  probe: ProbeState,
  lifecycle: LifecycleManager,
  candidate: Candidate,
  rule: ContractRuleId,
): Promise<boolean> {
  const { domain, key, provider } = candidate;
  try {
    await lifecycle.swap(domain, key, { provider });
    return true;
  } catch (error) {
    const isHealth = OneiricError.is(error, 'ONEIRIC_LIFECYCLE_FAILED') && error.details.phase === 'health';
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    probe.blameThrown(isHealth && rule === 'build' ? 'health' : rule, tell(candidate), cause);
    return false;
  }
}

async function close(probe: ProbeState, lifecycle: LifecycleManager, candidate: Candidate): Promise<void> {
  const { domain, key } = candidate;
  try {
    await lifecycle.deactivate(domain, key, { dependents: 'stop' });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    probe.blameThrown('cleanup', tell(candidate), cause);
  }
}

function judgeCount(probe: ProbeState, candidate: Candidate, count: number): void {
  if (count === 1) return;
  probe.blame('cleanup', {
    where: tell(candidate),
    found: `that it was closed ${count} times: by the host, and by the plugin`,
  });
}

async function stageOf(probe: ProbeState, { registry }: TrialHost): Promise<TrialStage> {
  return createTrialStage(probe.request, registry, offeredNames(probe.offered));
}

function tell({ domain, key, provider }: Candidate): string {
  return `${domain}/${key} ${provider}`;
}
