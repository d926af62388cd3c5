import { LifecycleManager, renderPlan } from '@oneiric/core';
import stringWidth from 'string-width';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { readFormat } from '../read-format.js';
import { readKeyName } from '../read-key-name.js';
import { planJson } from '../renderers/plan-json.js';
import { unusableNote } from '../unusable-note.js';
import { isAttached, needsProcess } from './running.js';

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
  await using lifecycle = new LifecycleManager(project.registry);
  const plan = lifecycle.plan(domain, key, provider === undefined ? {} : { provider });
  print(
    format === 'json'
      ? JSON.stringify(planJson(plan), null, 2)
      : renderPlan(plan, { width: screen.width, palette: screen, measure: stringWidth }),
  );
  const unusable = unusableNote(
    project,
    project.registry.resolve(domain, key, provider === undefined ? {} : { provider }) ?? null,
  );
  if (unusable !== undefined) note(unusable);
  const missing = plan.steps.flatMap((step) =>
    step.kind === 'need' && step.need.provider === null ? [`${step.need.domain}/${step.need.key}`] : [],
  );
  if (missing.length === 0) return EXIT.ok;
  note(`it cannot be started: nothing wins ${missing.join(', ')}`);
  return EXIT.nothingWon;
}
