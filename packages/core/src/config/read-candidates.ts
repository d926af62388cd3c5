import type { CandidateInput, CandidateSource } from '../decision/candidate.js';
import { describeValue } from '../foundation/describe-value.js';
import { readCandidate } from '../registry/check-candidate.js';
import type { InputProblem } from '../registry/registry-errors.js';
import { parseFactoryReference } from '../security/factory-reference.js';
import type { ConfigPath } from './config-path.js';
import { formatPlace } from './config-problem.js';
import { EXPECTED } from './config-words.js';
import type { LayerReport } from './layer-report.js';
import { offerName } from './offer-name.js';

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
  return Array.from(value as readonly unknown[]).flatMap((input, index) => {
    const path = ['candidates', index];
    const candidate = checkedCandidate(input, path, report);
    return candidate === undefined || isRepeated(candidate, path, seen, report) ? [] : [candidate];
  });
}

type SourcedCandidate = CandidateInput & { readonly source: CandidateSource };

function checkedCandidate(
  input: unknown,
  path: ConfigPath,
  report: LayerReport,
): SourcedCandidate | undefined {
  const problems: InputProblem[] = [];
  const checked = readCandidate(input, undefined, problems);
  for (const { path: at, found, expected } of problems)
    report.wrong([...path, ...partsOf(at)], found, expected);
  if (checked === undefined || problems.length > 0) return undefined;
  const given = input as CandidateInput;
  const own = configSource(path, checked.factory, report);
  const source = given.source === undefined ? own : completed(checked.source, own);
  return { ...given, source };
}

/** `inject.db`, `requires[2]` as parts; `candidate` stands for the whole. */
function partsOf(path: string): ConfigPath {
  if (path === 'candidate') return [];
  return Array.from(path.matchAll(/\[(\d+)\]|[^.[]+/g), ([text, index]) =>
    index === undefined ? text : Number(index),
  );
}

/**
 * A source of the candidate's own without a place gets this one, so that a report leads to where it was written; a
 * `config` source that names only the package that does the work is of this file, too.
 */
function completed(given: CandidateSource, own: CandidateSource): CandidateSource {
  if (given.file !== undefined) return given;
  if (given.kind === 'config') return { ...own, ...given };
  const { file, line, column } = own;
  return {
    ...given,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

function configSource(
  path: ConfigPath,
  factory: CandidateInput['factory'],
  report: LayerReport,
): CandidateSource {
  const { file = report.name, line, column } = report.originOf(path);
  const reference = typeof factory === 'string' ? parseFactoryReference(factory) : undefined;
  return {
    kind: 'config',
    id: report.name,
    ...(reference?.kind === 'package' ? { package: reference.package } : {}),
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

/** Whether one source offers a provider a second time; both places are then reported. */
function isRepeated(
  candidate: SourcedCandidate,
  path: ConfigPath,
  seen: Map<string, ConfigPath>,
  report: LayerReport,
): boolean {
  const { domain, key, provider = 'default' } = candidate;
  const name = offerName(candidate);
  const first = name === undefined ? undefined : seen.get(name);
  if (first === undefined) {
    if (name !== undefined) seen.set(name, path);
    return false;
  }
  const found = `${domain}/${key} with provider "${provider}" a second time (first at ${formatPlace(report.originOf(first))})`;
  report.wrong(path, found, EXPECTED.candidateOnce);
  return true;
}
