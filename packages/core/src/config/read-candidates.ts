import type { CandidateInput, CandidateSource } from '../decision/candidate.js';
import { OneiricError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { checkCandidate } from '../registry/check-candidate.js';
import { sourceIdentity } from '../registry/source-identity.js';
import { parseFactoryReference } from '../security/factory-reference.js';
import type { ConfigPath } from './config-path.js';
import { formatPlace } from './config-problem.js';
import { EXPECTED } from './config-words.js';
import type { LayerReport } from './layer-report.js';

/**
 * Reads the candidates of a configuration file, by the registry's own check. One without a source gets the file and
 * the place in it, and where its factory is a reference into a package, that package, so that the stack order counts.
 */
export function readCandidates(value: unknown, report: LayerReport): readonly CandidateInput[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    report.wrong(['candidates'], describeValue(value), EXPECTED.candidates);
    return [];
  }
  const seen = new Map<string, ConfigPath>();
  return value.flatMap((input: unknown, index) => readCandidate(input, ['candidates', index], seen, report));
}

function readCandidate(
  input: unknown,
  path: ConfigPath,
  seen: Map<string, ConfigPath>,
  report: LayerReport,
): readonly CandidateInput[] {
  const before = report.problems.length;
  const fields = checkFields(input, path, report);
  const packageName = checkReference(fields?.factory, path, report);
  if (fields === undefined || report.problems.length > before) return [];
  const source = isGiven(input) ? fields.source : configSource(path, packageName, report);
  const place = `${sourceIdentity(source) ?? ''}\u0000${fields.domain}/${fields.key}/${fields.provider}`;
  const first = seen.get(place);
  if (first !== undefined && sourceIdentity(source) !== undefined) {
    const found = `${fields.domain}/${fields.key} with provider "${fields.provider}" a second time (first at ${formatPlace(report.originOf(first))})`;
    report.wrong(path, found, EXPECTED.candidateOnce);
    return [];
  }
  seen.set(place, path);
  return [{ ...(input as CandidateInput), source }];
}

/** The registry's check, its problems at their places in the file. */
function checkFields(
  input: unknown,
  path: ConfigPath,
  report: LayerReport,
): ReturnType<typeof checkCandidate> | undefined {
  try {
    return checkCandidate(input);
  } catch (error) {
    if (!OneiricError.is(error, 'ONEIRIC_REGISTRY_CANDIDATE_INVALID')) throw error;
    for (const problem of error.details.problems)
      report.wrong([...path, ...partsOf(problem.path)], problem.found, problem.expected);
    return undefined;
  }
}

/** `inject.db`, `requires[2]` as parts; `candidate` stands for the whole. */
function partsOf(path: string): ConfigPath {
  if (path === 'candidate') return [];
  return Array.from(path.matchAll(/\[(\d+)\]|[^.[]+/g), ([text, index]) =>
    index === undefined ? text : Number(index),
  );
}

/** The package that a factory reference leads into, if it is one and does. */
function checkReference(factory: unknown, path: ConfigPath, report: LayerReport): string | undefined {
  if (typeof factory !== 'string' || factory === '') return undefined;
  try {
    const reference = parseFactoryReference(factory);
    return reference.kind === 'package' ? reference.package : undefined;
  } catch (error) {
    if (!OneiricError.is(error, 'ONEIRIC_REFERENCE_REFUSED')) throw error;
    const { reference, found, expected } = error.details;
    report.wrong([...path, 'factory'], `${reference} (${found})`, expected);
    return undefined;
  }
}

function isGiven(input: unknown): boolean {
  return (input as CandidateInput).source !== undefined;
}

function configSource(
  path: ConfigPath,
  packageName: string | undefined,
  report: LayerReport,
): CandidateSource {
  const { file = '', line, column } = report.originOf(path);
  return {
    kind: 'config',
    id: report.name,
    ...(packageName === undefined ? {} : { package: packageName }),
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}
