import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { OneiricError } from '../errors/oneiric-error.js';
import { readPlugin } from '../plugins/read-plugin.js';
import type { InputProblem } from '../registry/registry-errors.js';
import type { ProbeState } from './probe-state.js';
import { changedNames, runningResources, sharedState, startedSince } from './process-traces.js';

/** Imports the plugin, and looks at what that does to the process. */
export async function judgeImport(probe: ProbeState): Promise<void> {
  const { entry, packageFolder, globals } = probe.request;
  const { href } = pathToFileURL(join(packageFolder, entry));
  const resources = runningResources();
  const shared = sharedState();
  const imported = await importOf(probe, href);
  if (imported === undefined) return;
  const started = await startedSince(resources);
  if (started.length > 0) {
    probe.blame('import-leaves-nothing', { where: `./${entry}`, found: started.join(', ') });
  }
  const allowed = new Set(globals.map((name) => `globalThis.${name}`));
  const changed = changedNames(shared, sharedState()).filter((name) => !allowed.has(name));
  if (changed.length > 0) probe.blame('globals', { where: changed.join(', '), found: 'a change' });
  probe.resources = runningResources();
  readDefaultExport(probe, imported.value);
}

async function importOf(probe: ProbeState, href: string): Promise<{ readonly value: unknown } | undefined> {
  const where = `./${probe.request.entry}`;
  let definition: OneiricError<'ONEIRIC_PLUGIN_DEFINITION_INVALID'> | undefined;
  const imported = await probe.within('import', where, async () => {
    try {
      return (await import(href)) as { readonly default?: unknown };
    } catch (error) {
      if (!OneiricError.is(error, 'ONEIRIC_PLUGIN_DEFINITION_INVALID')) throw error;
      definition = error;
      return undefined;
    }
  });
  if (definition !== undefined) {
    blameProblems(probe, definition.details.problems);
    return undefined;
  }
  return imported === undefined ? undefined : { value: imported.value?.default };
}

function readDefaultExport(probe: ProbeState, value: unknown): void {
  const problems: InputProblem[] = [];
  const plugin = readPlugin(value, problems);
  blameProblems(probe, problems);
  if (plugin !== undefined) probe.plugin = plugin;
}

/** A problem counts against the rule that it is about. */
export function blameProblems(probe: ProbeState, problems: readonly InputProblem[]): void {
  for (const { path, found, expected } of problems) {
    const isNeed = /^candidates\[\d+\]\.(inject|requires)\b/.test(path);
    const rule = isNeed ? 'needs' : path.startsWith('candidates[') ? 'candidates' : 'plugin';
    probe.blame(rule, {
      where: path === 'plugin' ? 'the default export' : path,
      found: `${found}; expected ${expected}`,
    });
  }
}
