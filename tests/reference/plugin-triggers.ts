import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CandidateRegistry,
  definePlugin,
  loadPlugins,
  type PluginContext,
  type PluginHost,
  type PluginReport,
} from '@oneiric/core';
import type { Trigger } from './trigger.js';

const NAME = '@acme/oneiric-redis';
const registry = (): CandidateRegistry => new CandidateRegistry();

/** What the setup of the plugins here does; their modules are files and reach it in no other way. */
const SETUP = Symbol.for('oneiric.docs.setup');
function setupIs(setup: (context: PluginContext) => unknown): void {
  (globalThis as Record<symbol, unknown>)[SETUP] = setup;
}

const MODULE = `export default {
  name: 'acme-redis',
  candidates: [{ domain: 'adapter', key: 'cache', provider: 'redis', factory: () => new Map() }],
  setup: (context) => globalThis[Symbol.for('oneiric.docs.setup')]?.(context),
};`;

/** Installs a package with this plugin. */
function install(folder: string, module = MODULE, name = NAME, manifest: object = {}): void {
  const path = join(folder, 'node_modules', name);
  mkdirSync(path, { recursive: true });
  const provides = [{ domain: 'adapter', key: 'cache', provider: 'redis' }];
  const oneiric = { plugin: './plugin.js', provides };
  writeFileSync(
    join(path, 'package.json'),
    JSON.stringify({ name, version: '2.1.0', type: 'module', oneiric, ...manifest }),
  );
  writeFileSync(join(path, 'plugin.js'), module);
}

interface Loading {
  readonly module?: string;
  readonly setup?: (context: PluginContext) => unknown;
  readonly manifest?: object;
}

/** Loads one plugin, with which something is done. */
async function withPlugin(
  projectDir: string,
  { module, setup = () => undefined, manifest }: Loading,
  work: (host: PluginHost, registry: CandidateRegistry) => unknown,
): Promise<void> {
  install(projectDir, module, NAME, manifest);
  setupIs(setup);
  const target = registry();
  const host = await loadPlugins(target, { projectDir, plugins: [NAME], timeoutMs: 500 });
  try {
    await work(host, target);
  } finally {
    await host.close().catch(() => undefined);
  }
}

function throwErrorOf({ error }: Pick<PluginReport, 'error'>): void {
  if (error !== null) throw error;
}

const throwFirst = ({ reports }: PluginHost): void => {
  for (const report of reports) throwErrorOf(report);
};

/** One way to each error of plugins. */
export const PLUGIN_TRIGGERS: Readonly<Record<string, Trigger>> = {
  ONEIRIC_PLUGIN_DEFINITION_INVALID: () =>
    definePlugin({ name: 'acme redis', candidates: [{ domain: 'adapter', key: 'cache' } as never] }),
  ONEIRIC_PLUGIN_IMPORT_FAILED: (folder) =>
    withPlugin(folder, { module: 'throw new Error("REDIS_URL is not set");' }, throwFirst),
  ONEIRIC_PLUGIN_SETUP_FAILED: (folder) =>
    withPlugin(
      folder,
      {
        setup() {
          throw new Error('connect ECONNREFUSED 10.0.0.7:6379');
        },
      },
      throwFirst,
    ),
  ONEIRIC_PLUGIN_CLEANUP_FAILED: (folder) =>
    withPlugin(
      folder,
      {
        setup: () => () => {
          throw new Error('the connection is closed already');
        },
      },
      async (host) => {
        throwErrorOf(await host.unload(NAME));
      },
    ),
  ONEIRIC_PLUGIN_TIMEOUT: (folder) =>
    withPlugin(folder, { setup: () => new Promise(() => undefined) }, throwFirst),
  ONEIRIC_PLUGIN_INVALID: (folder) =>
    withPlugin(folder, { module: 'export default { candidates: [] };' }, throwFirst),
  ONEIRIC_PLUGIN_NAME_TAKEN: async (folder) => {
    install(folder);
    install(folder, MODULE, 'zeta-oneiric-redis');
    setupIs(() => undefined);
    const plugins = [NAME, 'zeta-oneiric-redis'];
    throwFirst(await loadPlugins(registry(), { projectDir: folder, plugins }));
  },
  ONEIRIC_PLUGIN_SKIPPED: (folder) =>
    withPlugin(folder, { manifest: { peerDependencies: { '@oneiric/core': '>=99' } } }, (_, target) => {
      const [candidate] = target.explain('adapter', 'cache').question.facts.candidates;
      (candidate?.factory as () => unknown)();
    }),
  ONEIRIC_PLUGIN_REGISTER_LATE: (folder) => {
    let context: PluginContext | undefined;
    const setup = (given: PluginContext): void => void (context = given);
    return withPlugin(folder, { setup }, () => {
      context?.register({ domain: 'adapter', key: 'queue', factory: () => [] });
    });
  },
  ONEIRIC_PLUGIN_GENERATIONS: (folder) =>
    withPlugin(folder, {}, async (host) => {
      for (let generation = 2; generation < 99; generation++) await host.reload(NAME);
    }),
  ONEIRIC_PLUGIN_UNKNOWN: (folder) => withPlugin(folder, {}, (host) => host.reload('@acme/oneiric-radis')),
  ONEIRIC_PLUGIN_REENTRANT: async (folder) => {
    let refusal: unknown;
    const setup = async (): Promise<void> => {
      refusal = await loadPlugins(registry(), { projectDir: folder }).catch((error: unknown) => error);
    };
    await withPlugin(folder, { setup }, () => {
      throw refusal;
    });
  },
  ONEIRIC_PLUGIN_IN_TRANSACTION: (folder) => {
    const target = registry();
    return target.transaction(() => loadPlugins(target, { projectDir: folder }));
  },
  ONEIRIC_PLUGIN_HOST_CLOSED: (folder) =>
    withPlugin(folder, {}, async (host) => {
      await host.close();
      await host.reload(NAME);
    }),
  ONEIRIC_PLUGIN_OPTION_INVALID: (folder) => loadPlugins(registry(), { projectDir: folder, timeoutMs: 0 }),
};
