import type { CandidateInput } from '../decision/candidate.js';
import { createError, type OneiricError } from '../errors/oneiric-error.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import type { WriteOptions } from '../registry/registry-core.js';
import { PLUGIN_ERRORS } from './plugin-errors.js';
import type { OfferedName } from './offered-name.js';
import { pluginSource, withSource } from './plugin-source.js';
import type { StagedPlugin } from './staged-plugin.js';
import { tellState } from './tell-plugin.js';

/** What the registry gets of a plugin: its candidates, or what stands for those of one that is not loaded. */
export interface PluginOffer {
  readonly inputs: readonly CandidateInput[];
  /** Why all of them are marked `LOAD_FAILED`; null where they are not. */
  readonly failure: string | null;
}

/** What the registry gets of a plugin. */
export function offerOf(staged: StagedPlugin): PluginOffer {
  const { plan } = staged;
  switch (staged.state) {
    case 'loaded':
      return { inputs: staged.candidates, failure: null };
    case 'failed': {
      const inputs = staged.offered.map((name) => standIn(name, staged, staged.error));
      return { inputs, failure: tellState(staged) };
    }
    case 'skipped': {
      const { reason = 'UNDECLARED', detail = '', platform } = plan.misfit ?? {};
      const error = createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_SKIPPED', {
        package: plan.package,
        reason,
        detail,
      });
      const inputs = plan.provides.map((name) => ({
        ...standIn(name, staged, error),
        ...(platform === undefined ? {} : { platform }),
      }));
      return { inputs, failure: platform === undefined ? tellState(staged) : null };
    }
    default:
      return staged satisfies never;
  }
}

/** A candidate of this name that cannot be built, so that it stays visible and says why. */
function standIn(name: OfferedName, { plan }: StagedPlugin, error: OneiricError): CandidateInput {
  const factory = (): never => {
    throw error;
  };
  return withSource({ ...name, factory }, undefined, plan);
}

/** Makes what a plugin offers all that its source has, in one commit; how many candidates that are. */
export function commitPlugin(
  registry: CandidateRegistry,
  staged: StagedPlugin,
  options?: WriteOptions,
): Promise<number> {
  const { inputs, failure } = offerOf(staged);
  return registry.transaction(async (tx) => {
    const { added, replaced, unchanged } = await tx.replaceSource(pluginSource(staged.plan), inputs);
    const candidates = [...added, ...replaced, ...unchanged];
    for (const candidate of candidates) await tx.mark(candidate, 'LOAD_FAILED', failure);
    return candidates.length;
  }, options);
}
