import { OneiricError } from '../errors/oneiric-error.js';
import type { SourcePlace } from '../foundation/source-place.js';
import type { StagedPlugin } from './staged-plugin.js';

/** What is the matter with a plugin, loaded or not, in half a sentence; null where all is well. */
export function tellState(staged: StagedPlugin): string | null {
  switch (staged.state) {
    case 'loaded':
      return staged.plan.remark;
    case 'failed':
      return tellFailure(staged.error);
    case 'skipped':
      return staged.plan.misfit?.detail ?? null;
    default:
      return staged satisfies never;
  }
}

/** Where code of a plugin failed; null where that is not known. */
export function placeOf(error: OneiricError): SourcePlace | null {
  const isOfCode =
    OneiricError.is(error, 'ONEIRIC_PLUGIN_IMPORT_FAILED') ||
    OneiricError.is(error, 'ONEIRIC_PLUGIN_SETUP_FAILED');
  return isOfCode ? (error.details.at ?? null) : null;
}

function tellFailure(error: OneiricError): string {
  if (OneiricError.is(error, 'ONEIRIC_PLUGIN_IMPORT_FAILED'))
    return `its import failed: ${error.details.thrown}`;
  if (OneiricError.is(error, 'ONEIRIC_PLUGIN_SETUP_FAILED'))
    return `its setup failed: ${error.details.thrown}`;
  if (OneiricError.is(error, 'ONEIRIC_PLUGIN_TIMEOUT'))
    return `its ${error.details.phase} did not end within ${String(error.details.timeoutMs)} ms`;
  if (OneiricError.is(error, 'ONEIRIC_PLUGIN_INVALID')) {
    const { found, expected } = error.details;
    return `${found}; expected ${expected}`;
  }
  if (OneiricError.is(error, 'ONEIRIC_PLUGIN_NAME_TAKEN'))
    return `it calls itself "${error.details.name}", and so does ${error.details.by}`;
  return error.message;
}
