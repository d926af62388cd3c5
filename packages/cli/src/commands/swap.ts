import { LifecycleManager, renderPlan, type SwapPlan } from '@oneiric/core';
import stringWidth from 'string-width';

import type { AskedWorld } from '../asked-world.js';
import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { FORMATS } from '../formats.js';
import { isAttached, needsProcess } from '../needs-process.js';
import { readFormat } from '../read-format.js';
import { type KeyName, readKeyName } from '../read-key-name.js';
import { planJson } from '../renderers/plan-json.js';
import { startProblems } from '../start-problems.js';
import { swapThere } from '../swap-there.js';
import { unusableNote } from '../unusable-note.js';

/** `oneiric swap`: of a running process; with `--dry-run` its plan, also where nothing runs yet. */
export async function run(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const isDryRun = input.flag('dry-run');
  if (!isAttached(input) && !isDryRun) throw needsProcess('swap');
  const format = readFormat(input, 'swap');
  const world = await context.openWorld();
  const name = readKeyName(input, 'swap', world.snapshot);
  const provider = input.text('provider');
  const request = provider === undefined ? {} : { provider };
  if (isDryRun) return await showPlan(world, name, request, format, context);
  const { domain, key } = name;
  return await swapThere(
    await context.attach(),
    { ...name, what: 'swap', input, isJson: format === 'json' },
    (process, options) => process.swap(domain, key, { ...request, ...options }),
    context,
  );
}

async function showPlan(
  world: AskedWorld,
  { domain, key }: KeyName,
  request: { readonly provider?: string },
  format: (typeof FORMATS)['swap'][number],
  { screen, print, note }: CommandContext,
): Promise<ExitCode> {
  const plan =
    world.kind === 'process'
      ? await world.process.plan(domain, key, request)
      : await planOfNothing(world, { domain, key }, request);
  print(
    format === 'json'
      ? JSON.stringify(planJson(plan), null, 2)
      : renderPlan(plan, { width: screen.width, palette: screen, measure: stringWidth }),
  );
  const explanation = world.snapshot.explain(domain, key, request);
  const unusable = unusableNote(world, explanation.winner);
  if (unusable !== undefined) note(unusable);
  const problems = startProblems(world.snapshot, explanation);
  for (const problem of problems) note(problem);
  return problems.length === 0 ? EXIT.ok : EXIT.nothingWon;
}

/** What would be done in a process in which nothing runs yet. */
async function planOfNothing(
  { project }: Extract<AskedWorld, { kind: 'project' }>,
  { domain, key }: KeyName,
  request: { readonly provider?: string },
): Promise<SwapPlan> {
  await using lifecycle = new LifecycleManager(project.registry);
  return lifecycle.plan(domain, key, request);
}
