import {
  buildRegistry,
  type CandidateRegistry,
  discoverPlugins,
  loadConfig,
  type LoadedConfig,
} from '@oneiric/core';

import type { Host } from './host.js';
import { loadOptionsOf, type ProjectChoice } from './open-project.js';

/**
 * A project as far as its names go, for who is still typing: no code of a plugin is run, and its candidates are those
 * that its package.json says it provides.
 */
export async function nameProject(
  choice: ProjectChoice,
  host: Host,
): Promise<{ readonly loaded: LoadedConfig; readonly registry: CandidateRegistry }> {
  const loaded = await loadConfig(loadOptionsOf(choice, host));
  const registry = await buildRegistry(loaded);
  const { plugins } = loaded.config;
  const wanted = (await discoverPlugins(loaded.projectDir)).filter(({ package: name, direct }) =>
    plugins === undefined ? direct : plugins !== false && plugins.includes(name),
  );
  for (const { package: id, provides } of wanted) {
    const inputs = provides.map((name) => ({ ...name, factory: () => undefined }));
    await registry.replaceSource({ kind: 'plugin', id, package: id }, inputs);
  }
  return { loaded, registry };
}
