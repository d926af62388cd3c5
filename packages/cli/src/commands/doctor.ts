import { setImmediate } from 'node:timers/promises';

import {
  diagnose,
  diagnoseLockfile,
  type DoctorFinding,
  gatherProjectFacts,
  mergeFindings,
  severityOf,
} from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { lockfileFacts } from '../lockfile-facts.js';
import { projectWorlds } from '../project-worlds.js';
import { readFormat } from '../read-format.js';
import type { StrayError } from '../stray-errors.js';
import { tellStray } from '../tell-stray.js';
import { diagnosisJson, diagnosisMarkdown, diagnosisText } from '../renderers/diagnosis.js';

/** `oneiric doctor`: what is wrong with the project, or probably is; 2 where something is an error. */
export async function run(
  input: CommandInput,
  { openProject, screen, print, host }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'doctor');
  const worlds = await projectWorlds((choice) => openProject({ ...choice, notePlugins: false }));
  const [first] = worlds;
  const lockfile = diagnoseLockfile(await lockfileFacts(first.project.loaded.projectDir, host.cwd));
  const sections: (readonly [string | null, readonly DoctorFinding[]])[] = [[first.environment, lockfile]];
  await setImmediate(); // By then Node has told what plugins have begun that failed.
  sections.push([first.environment, (host.strayErrors?.all() ?? []).map(strayFinding)]);
  for (const { environment, project } of worlds) {
    const facts = await gatherProjectFacts(project.loaded, host.env, project.plugins.reports);
    sections.push([environment, diagnose(project.registry.snapshot(), project.loaded, facts)]);
  }
  const findings = mergeFindings(sections);
  const keys = new Set(
    worlds.flatMap(({ project }) => project.registry.keys().map(({ domain, key }) => `${domain}/${key}`)),
  ).size;
  const diagnosis = { findings, keys, environments: worlds.map(({ environment }) => environment) };
  switch (format) {
    case 'text':
      print(diagnosisText(diagnosis, screen));
      break;
    case 'json':
      print(JSON.stringify(diagnosisJson(diagnosis), null, 2));
      break;
    case 'markdown':
      print(diagnosisMarkdown(diagnosis));
      break;
    default:
      format satisfies never;
  }
  return findings.some((finding) => severityOf(finding) === 'error') ? EXIT.usage : EXIT.ok;
}

function strayFinding(stray: StrayError): DoctorFinding {
  const details = { package: stray.package, entry: null, told: tellStray(stray) };
  return { code: 'PLUGIN_STRAY_ERROR', key: null, place: null, details };
}
