import { pathToFileURL } from 'node:url';

import { loadConfig } from '../config/load-config.js';
import type { Candidate, CandidateInput, Factory } from '../decision/candidate.js';
import { LifecycleManager } from '../lifecycle/lifecycle-manager.js';
import { loadPlugins } from '../plugins/load-plugins.js';
import type { OfferedName } from '../plugins/offered-name.js';
import type { PluginHost } from '../plugins/plugin-host.js';
import type { PluginReport } from '../plugins/plugin-report.js';
import { CandidateRegistry } from '../registry/candidate-registry.js';
import { ReferenceLoader } from '../security/reference-loader.js';
import type { ProbeRequest } from './probe-messages.js';

/** An application that has loaded the plugin, and nothing else but what goes with it. */
export interface TrialHost {
  readonly registry: CandidateRegistry;
  readonly plugins: PluginHost;
  readonly report: PluginReport;
  /** What the registry has of the plugin now, whether or not it is eligible. */
  readonly offered: () => readonly string[];
}

/** The candidates of a host, each to be run by itself, whatever its scope and whoever else offers its key. */
export interface TrialStage {
  readonly candidates: readonly Candidate[];
  /** Those that cannot be run here, and why. */
  readonly unfit: readonly { readonly name: OfferedName; readonly reason: string }[];
  readonly lifecycle: () => LifecycleManager;
}

/** Loads the plugin as an application does. */
export async function createTrialHost(request: ProbeRequest): Promise<TrialHost> {
  const { package: name, projectDir, timeoutMs } = request;
  const registry = new CandidateRegistry();
  await registry.registerAll(await readCompanions(request));
  const plugins = await loadPlugins(registry, { projectDir, plugins: [name], timeoutMs });
  const [report] = plugins.reports;
  if (report === undefined) throw new TypeError('a plugin that was asked for has a report');
  const offered = () =>
    [...registry.listActive(), ...registry.listShadowed()]
      .filter(({ source }) => source.package === name)
      .map(({ domain, key, provider }) => `${domain}/${key} ${provider}`)
      .sort();
  return { registry, plugins, report, offered };
}

/** Puts the candidates of a host where each of them can be run. */
export async function createTrialStage(
  request: ProbeRequest,
  registry: CandidateRegistry,
  names: readonly OfferedName[],
): Promise<TrialStage> {
  const { package: packageName, packageFolder, projectDir, timeoutMs, settings } = request;
  const found = names.map((name) => ({ name, candidate: candidateOf(registry, name) }));
  const fit = found.flatMap(({ candidate }) => candidate ?? []);
  const unfit = found.flatMap(({ name, candidate }) => {
    const reason = candidate === undefined ? reasonAgainst(registry, name) : undefined;
    return reason === undefined ? [] : [{ name, reason }];
  });
  const stage = new CandidateRegistry();
  await stage.registerAll([...(await readCompanions(request)), ...fit.map(aloneInput)]);
  const loaded = await loadConfig({
    cwd: projectDir,
    config: { plugins: false, settings },
    candidates: fit.map(aloneInput),
  });
  const loader = new ReferenceLoader({ projectDir });
  return {
    candidates: fit.flatMap((each) => candidateOf(stage, each) ?? []),
    unfit,
    lifecycle: () =>
      new LifecycleManager(stage, {
        settings: (candidate, { signal }) => loaded.settings.of(candidate, { signal }),
        async loadFactory(reference, _candidate, { signal }) {
          const within = { package: packageName, folder: packageFolder };
          return (await loader.load(reference, { signal, within })).value as Factory;
        },
        follow: false,
        timeouts: { activationMs: timeoutMs, healthMs: timeoutMs, cleanupMs: timeoutMs },
      }),
  };
}

function candidateOf(
  registry: CandidateRegistry,
  { domain, key, provider }: OfferedName,
): Candidate | undefined {
  return registry.resolve(domain, key, { provider });
}

/** Why a candidate is not eligible; undefined where it is only for other machines. */
function reasonAgainst(
  registry: CandidateRegistry,
  { domain, key, provider }: OfferedName,
): string | undefined {
  const { candidates } = registry.explain(domain, key, { provider });
  const report = candidates.find((each) => each.provider === provider);
  const code = report?.state === 'filtered' ? report.code : 'nothing that says why';
  return code === 'PLATFORM_UNSUPPORTED' ? undefined : code;
}

/** The lifecycle runs singletons only, and here everything is run. */
function aloneInput(candidate: Candidate): CandidateInput {
  const { domain, key, provider, capabilities, factory, requires, source } = candidate;
  const { inject, settings, health, handover } = candidate;
  return {
    domain,
    key,
    provider,
    capabilities,
    factory,
    requires,
    source,
    ...(inject === undefined ? {} : { inject }),
    ...(settings === undefined ? {} : { settings }),
    ...(health === undefined ? {} : { health }),
    ...(handover === undefined ? {} : { handover }),
  };
}

async function readCompanions({ companions }: ProbeRequest): Promise<readonly CandidateInput[]> {
  if (companions === null) return [];
  const module = (await import(pathToFileURL(companions).href)) as {
    readonly default?: readonly CandidateInput[];
  };
  return module.default ?? [];
}
