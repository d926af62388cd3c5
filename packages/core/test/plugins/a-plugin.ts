import type { CandidateInput } from '../../src/decision/candidate.js';
import { systemClock } from '../../src/foundation/clock.js';
import { PreparedPlugins } from '../../src/plugins/load-plugins.js';
import type { PlannedPlugin } from '../../src/plugins/plan-plugins.js';
import type { PluginSettings } from '../../src/plugins/plugin-options.js';
import { stagePlugins } from '../../src/plugins/stage-plugins.js';
import type { CandidateRegistry } from '../../src/registry/candidate-registry.js';

/** A candidate for a key of its own, unless the key is given. */
export function offer(provider: string, key = 'cache', more: Partial<CandidateInput> = {}): CandidateInput {
  return { domain: 'adapter', key, provider, factory: () => provider, ...more };
}

/** What the modules of packages evaluate to, each time they are imported. */
export type Modules = Readonly<Record<string, () => unknown>>;

/** Keeps what a module evaluates to from being taken for a promise on its way, as a namespace does. */
class Box {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

export function boxed(value: unknown): unknown {
  return new Box(value);
}

/** A package with a plugin, as it would be planned. */
export function aPlan(name: string, more: Partial<PlannedPlugin> = {}): PlannedPlugin {
  const folder = `/project/node_modules/${name}`;
  return {
    package: name,
    version: '1.0.0',
    entry: './plugin.js',
    folder,
    provides: [],
    remark: null,
    isMeant: true,
    misfit: null,
    ...more,
  };
}

/** Settings with which modules come from memory instead of a disk. */
function settingsFor(modules: Modules, more: Partial<PluginSettings> = {}): PluginSettings {
  return {
    projectDir: '/project',
    plugins: undefined,
    timeoutMs: 10_000,
    signal: undefined,
    clock: systemClock,
    platform: { os: 'linux', cpu: 'x64', node: '20.20.2', core: '0.1.0' },
    loader: {
      load: async (_reference, options) => {
        const value = await modules[options?.within?.package ?? '']?.();
        return { value: value instanceof Box ? value.value : value, file: '', digest: '' };
      },
    },
    ...more,
  };
}

/** Stages and commits plugins as `loadPlugins` does, in the order of their names. */
export async function host(
  registry: CandidateRegistry,
  modules: Modules,
  more: Partial<PluginSettings> = {},
  plans: readonly PlannedPlugin[] = Object.keys(modules)
    .sort()
    .map((name) => aPlan(name)),
) {
  const settings = settingsFor(modules, more);
  const prepared = new PreparedPlugins(await stagePlugins(plans, settings), settings);
  return prepared.commitEach(registry);
}

/** What the registry says of a key: `redis active`, `disk filtered LOAD_FAILED`. */
export function statesOf(registry: CandidateRegistry, key = 'cache'): readonly string[] {
  return registry
    .explain('adapter', key)
    .candidates.map((each) =>
      [each.provider, each.state, ...(each.state === 'filtered' ? [each.code] : [])].join(' '),
    );
}
