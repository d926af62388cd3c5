import { LifecycleManager, renderPlan } from '@oneiric/core';
import stringWidth from 'string-width';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { isAttached, needsProcess } from '../needs-process.js';
import { readFormat } from '../read-format.js';
import { readKeyName } from '../read-key-name.js';
import { planJson } from '../renderers/plan-json.js';
import { startProblems } from '../start-problems.js';
import { unusableNote } from '../unusable-note.js';

/** `oneiric swap --dry-run`: what a swap would do in a process in which nothing runs yet. */
export async function run(
  input: CommandInput,
  { openProject, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  if (isAttached(input) || !input.flag('dry-run')) throw needsProcess('swap', input);
  const format = readFormat(input, 'swap');
  const project = await openProject();
  const { domain, key } = readKeyName(input, 'swap', project);
  const provider = input.text('provider');
  const request = provider === undefined ? {} : { provider };
  await using lifecycle = new LifecycleManager(project.registry);
  const plan = lifecycle.plan(domain, key, request);
  print(
    format === 'json'
      ? JSON.stringify(planJson(plan), null, 2)
      : renderPlan(plan, { width: screen.width, palette: screen, measure: stringWidth }),
  );
  const world = project.registry.snapshot();
  const explanation = world.explain(domain, key, request);
  const unusable = unusableNote(project, explanation.winner);
  if (unusable !== undefined) note(unusable);
  const problems = startProblems(world, explanation);
  for (const problem of problems) note(problem);
  return problems.length === 0 ? EXIT.ok : EXIT.nothingWon;
}
