import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { systemClock } from '../foundation/clock.js';
import { describeValue } from '../foundation/describe-value.js';
import { settleWithin } from '../foundation/settle-within.js';
import { type OfferedName, offeredNames } from '../plugins/offered-name.js';
import { readCleanup } from '../plugins/plugin-cleanup.js';
import { readCandidate } from '../registry/check-candidate.js';
import type { InputProblem } from '../registry/registry-errors.js';
import { parseFactoryReference } from '../security/factory-reference.js';
import { blameProblems } from './judge-import.js';
import type { ProbeState } from './probe-state.js';

const ABORT_GRACE_MS = 1000;
const WHERE = 'setup';

/** Runs setup as the host does, and keeps what it offers. */
export async function judgeSetup(probe: ProbeState): Promise<void> {
  const { candidates = [] } = probe.plugin;
  const registered: unknown[] = [];
  const ran = await probe.within('setup', WHERE, () => runSetup(probe, new AbortController(), registered));
  probe.offered = [...candidates, ...registered];
  if (ran === undefined) return;
  const cleanup = readCleanup(ran.value);
  if (cleanup === null) {
    const found = `that it returned ${describeValue(ran.value)}; expected nothing, a function or a disposable object`;
    probe.blame('setup', { where: WHERE, found });
  } else if (cleanup !== undefined) {
    await probe.within('unload', 'the cleanup of setup', async () => cleanup());
  }
}

/** Looks at each candidate by itself, and at all of them together. */
export async function judgeCandidates(probe: ProbeState): Promise<void> {
  const problems: InputProblem[] = [];
  for (const [index, input] of probe.offered.entries()) {
    const checked = readCandidate(input, index, problems);
    if (typeof checked?.factory === 'string') await judgeReference(probe, checked.factory, index);
  }
  blameProblems(probe, problems);
  const seen = new Set<string>();
  for (const name of namesIn(probe.offered)) {
    if (seen.has(name)) probe.blame('candidates', { where: name, found: 'that it is offered twice' });
    seen.add(name);
  }
  if (probe.offered.length === 0)
    probe.blame('candidates', { where: 'the plugin', found: 'no candidate at all' });
}

async function judgeReference(probe: ProbeState, factory: string, index: number): Promise<void> {
  let path: string;
  try {
    const reference = parseFactoryReference(factory);
    if (reference.kind === 'package') return;
    path = join(probe.request.packageFolder, reference.path);
  } catch {
    // The check of the candidate has told it.
    return;
  }
  try {
    await stat(path);
  } catch {
    const found = `${describeValue(factory)}, which is no file of the package`;
    probe.blame('candidates', {
      where: `candidates[${index}].factory`,
      found,
      missing: { kind: 'file', path },
    });
  }
}

/** Compares what the package says that it offers with what it does offer. */
export async function judgeProvides(probe: ProbeState): Promise<void> {
  const where = 'package.json: oneiric.provides';
  const { provides } = probe.request;
  if (provides === null) {
    probe.blame('provides', { where, found: `no list; expected ${namesIn(probe.offered).join(', ')}` });
    return;
  }
  const told = namesIn(provides);
  const offered = namesIn(probe.offered);
  const unreadable = provides.length - offeredNames(provides).length;
  const differences = [
    ...offered.filter((name) => !told.includes(name)).map((name) => `${name} is offered and not in it`),
    ...told.filter((name) => !offered.includes(name)).map((name) => `${name} is in it and not offered`),
    ...(unreadable > 0 ? [`${unreadable} of its entries cannot be read, or stand in it twice`] : []),
  ];
  if (differences.length > 0) probe.blame('provides', { where, found: differences.join('; ') });
}

/** Calls setup off while it runs. */
export async function judgeAbort(probe: ProbeState): Promise<void> {
  const controller = new AbortController();
  const running = runSetup(probe, controller, []);
  controller.abort(new DOMException('The load was called off.', 'AbortError'));
  const wait = { clock: systemClock, timeoutMs: ABORT_GRACE_MS, signal: undefined };
  const ended = await settleWithin(running, wait);
  if (ended.kind === 'late') {
    const found = `that it goes on ${ABORT_GRACE_MS} ms after its signal was aborted`;
    probe.blame('abort', { where: WHERE, found });
  }
  if (ended.kind !== 'done') return;
  await probe.within('unload', 'the cleanup of setup', async () => readCleanup(ended.value)?.());
}

async function runSetup(
  probe: ProbeState,
  controller: AbortController,
  registered: unknown[],
): Promise<unknown> {
  const { name, setup } = probe.plugin;
  const { signal } = controller;
  const register = (input: unknown): void => {
    registered.push(input);
  };
  return setup?.(Object.freeze({ name, signal, projectDir: probe.request.projectDir, register }));
}

/** `adapter/cache redis` for each that has a valid name, with repetitions. */
function namesIn(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => offeredNames([value])).map(tellName);
}

function tellName({ domain, key, provider }: OfferedName): string {
  return `${domain}/${key} ${provider}`;
}
