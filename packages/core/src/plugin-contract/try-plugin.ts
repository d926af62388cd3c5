import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isObject } from '../registry/read-field.js';
import { CONTRACT_ERRORS } from './contract-errors.js';
import type { ContractSettings } from './contract-options.js';
import type { Breach, Breaches, ContractRuleId } from './contract-rules.js';
import { declaredDependencies, type InspectedPackage } from './inspect-package.js';
import { packedFiles } from './packed-files.js';
import type { Missing, ProbeMessage } from './probe-messages.js';
import { type ProbeOutcome, runProbe } from './run-probe.js';
import { createTrialProject } from './trial-project.js';

const CORE_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

/** Installs a package that can be installed into a project of its own, and tries the plugin there. */
export async function tryPlugin(settings: ContractSettings, inspected: InspectedPackage): Promise<Breaches> {
  const { folder } = settings;
  const { name, entry, manifest } = inspected;
  const breaches = new Map<ContractRuleId, Breach>();
  if (entry === null) return breaches;
  const files = settings.files ?? (await packedFiles(folder, name));
  if (!files.includes(entry)) {
    return breaches.set('packed', { where: `./${entry}`, found: 'that it is the plugin, and not packed' });
  }
  await using project = await createTrialProject(folder, inspected, files, CORE_FOLDER);
  const { packageFolder } = project;
  const { oneiric } = manifest;
  const provides = isObject(oneiric) ? oneiric['provides'] : undefined;
  const { companions, globals, timeoutMs } = settings;
  const outcome = await runProbe({
    settings: settings.settings,
    companions,
    globals,
    timeoutMs,
    package: name,
    projectDir: project.path,
    packageFolder,
    entry,
    broken: [...inspected.breaches.keys()],
    provides: Array.isArray(provides) ? (provides as readonly unknown[]) : null,
  });
  for (const message of outcome.messages) {
    if (message.kind !== 'breach') continue;
    const [rule, breach] = attribute(message, { folder, packageFolder, manifest });
    if (!breaches.has(rule)) breaches.set(rule, withoutFolders(breach, packageFolder));
  }
  if (outcome.stdout !== '') {
    breaches.set('silent', { where: 'stdout', found: describeValue(outcome.stdout) });
  }
  if (outcome.stopped !== null) noteStop(outcome, name, breaches);
  return breaches;
}

interface Installed {
  readonly folder: string;
  readonly packageFolder: string;
  readonly manifest: InspectedPackage['manifest'];
}

/** What is missing counts against the package that does not bring it, not against whoever looked for it. */
function attribute(
  { rule, where, found, missing }: Extract<ProbeMessage, { readonly kind: 'breach' }>,
  { folder, packageFolder, manifest }: Installed,
): readonly [ContractRuleId, Breach] {
  const lacking = missing === undefined ? undefined : lackOf(missing, folder, packageFolder, manifest);
  return lacking ?? [rule, { where, found }];
}

function lackOf(
  missing: Missing,
  folder: string,
  packageFolder: string,
  manifest: InspectedPackage['manifest'],
): readonly [ContractRuleId, Breach] | undefined {
  if (missing.kind === 'package') {
    if (declaredDependencies(manifest).includes(missing.name)) return undefined;
    return ['dependencies', { where: 'package.json', found: `no ${missing.name}, which is imported` }];
  }
  if (!missing.path.startsWith(packageFolder + sep)) return undefined;
  const path = relative(packageFolder, missing.path);
  if (!existsSync(join(folder, path))) return undefined;
  return ['packed', { where: `./${path.replaceAll(sep, '/')}`, found: 'that it is needed, and not packed' }];
}

/** A process that did not come to its end did so in the middle of a rule. */
function noteStop(
  { stopped, stderr }: ProbeOutcome,
  name: string,
  breaches: Map<ContractRuleId, Breach>,
): void {
  const { at = null, how = '' } = stopped ?? {};
  const [lastWords = ''] = stderr.split('\n').filter((line) => /^\s*\w*Error\b/.test(line));
  if (at === null) {
    const reason = `the process that was to try it found ${how}. ${stderr}`;
    throw createError(CONTRACT_ERRORS, 'ONEIRIC_CONTRACT_NOT_CHECKED', { package: name, reason });
  }
  if (!breaches.has(at))
    breaches.set(at, { where: 'the process', found: `${how}${lastWords && `: ${lastWords}`}` });
}

/** What was found, as seen from the package. */
function withoutFolders({ where, found }: Breach, packageFolder: string): Breach {
  const shorten = (text: string): string =>
    text.replaceAll(pathToFileURL(packageFolder).href, '.').replaceAll(packageFolder, '.');
  return { where: shorten(where), found: shorten(found) };
}
