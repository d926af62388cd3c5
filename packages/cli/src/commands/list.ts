import { createError, type Explanation, nearestName } from '@oneiric/core';

import { CLI_ERRORS } from '../cli-errors.js';
import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Project } from '../open-project.js';
import { listJson } from '../render-list-json.js';
import { renderActive, renderShadowed } from '../render-list.js';

/** `oneiric list`: it works whenever the configuration loads, whatever wins. */
export async function run(
  input: CommandInput,
  { openProject, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  const project = await openProject();
  const explanations = explainAll(project, input.args[0]);
  if (input.flag('json')) print(JSON.stringify(listJson(project.registry.revision, explanations), null, 2));
  else if (explanations.length === 0) note('the project has no candidates');
  else if (!input.flag('shadowed')) print(renderActive(explanations, screen));
  else {
    const table = renderShadowed(explanations, screen);
    if (table === undefined) note('nothing is shadowed');
    else print(table);
  }
  return EXIT.ok;
}

function explainAll({ registry }: Project, domain: string | undefined): readonly Explanation[] {
  const keys = registry.keys(domain);
  if (keys.length === 0 && domain !== undefined) {
    const known = [...new Set(registry.keys().map((name) => name.domain))];
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_UNKNOWN_DOMAIN', {
      domain,
      known,
      nearest: nearestName(domain, known),
    });
  }
  return keys.map((name) => registry.explain(name.domain, name.key));
}
