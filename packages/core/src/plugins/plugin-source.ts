import { relative, sep } from 'node:path';

import type { CandidateInput, CandidateSource } from '../decision/candidate.js';
import type { SourcePlace } from '../foundation/source-place.js';
import type { PlannedPlugin } from './plan-plugins.js';

/** The source of all that a plugin offers. */
export function pluginSource({
  package: id,
  version,
}: Pick<PlannedPlugin, 'package' | 'version'>): CandidateSource {
  return { kind: 'plugin', id, package: id, ...(version === null ? {} : { version }) };
}

/**
 * A candidate of a plugin with its source: the place is shown from the package's name on, and where none is known, or
 * it lies in another package, the plugin module stands for it. What the plugin says itself counts. With a generation that
 * is not the first, the candidate is another one than before, even where nothing else of it changed.
 */
export function withSource(
  input: CandidateInput,
  place: SourcePlace | undefined,
  plan: PlannedPlugin,
  generation = 1,
): CandidateInput {
  const reloaded = generation === 1 ? {} : { generation };
  const source = { ...pluginSource(plan), ...placeIn(plan, place), ...input.source, ...reloaded };
  return { ...input, source };
}

function placeIn(
  { package: name, folder, entry }: PlannedPlugin,
  place: SourcePlace | undefined,
): SourceOfPlace {
  if (place !== undefined && folder !== null && place.file.startsWith(folder + sep)) {
    const file = `${name}/${relative(folder, place.file).replaceAll(sep, '/')}`;
    return { file, line: place.line, ...(place.column === undefined ? {} : { column: place.column }) };
  }
  return entry === null ? {} : { file: `${name}/${entry.replace(/^\.\//, '')}` };
}

type SourceOfPlace = Pick<CandidateSource, 'file' | 'line' | 'column'>;
