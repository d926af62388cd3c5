import type { LoadedConfig } from '../config/loaded-config.js';
import { formatPath } from '../config/config-path.js';
import type { Candidate } from '../decision/candidate.js';
import type { CandidateReport, FilteredReport } from '../decision/candidate-report.js';
import type { Explanation } from '../decision/explanation.js';
import { tellFinding } from '../decision/filter-wording.js';
import { dependencyGraph, type DependencyReads } from '../dependencies/dependency-graph.js';
import { nearestName } from '../foundation/nearest-name.js';
import type { PluginReport } from '../plugins/plugin-report.js';
import { DOCTOR_CATALOGUE } from './doctor-catalogue.js';
import type { DoctorFinding, FindingCode } from './doctor-finding.js';
import type { MissingFactory, ProjectFacts } from './project-facts.js';

/** The environment variables that count. */
const VARIABLES: readonly string[] = [
  'ONEIRIC_CONFIG',
  'ONEIRIC_ENV',
  'ONEIRIC_RUNTIME_DIR',
  'ONEIRIC_SELECTIONS',
  'ONEIRIC_STACK_ORDER',
];

/** What a diagnosis needs of a configuration. */
export type DiagnosedConfig = Pick<LoadedConfig, 'config' | 'origins' | 'notices'> & {
  readonly settings: Pick<LoadedConfig['settings'], 'problems'>;
};

/**
 * What is wrong with a project, or probably is: the gravest codes first, those of one code by key. Pure: the same
 * project gives the same findings.
 */
export function diagnose(
  reads: DependencyReads,
  loaded: DiagnosedConfig,
  facts: ProjectFacts,
): readonly DoctorFinding[] {
  const explanations = reads.keys().map(({ domain, key }) => reads.explain(domain, key));
  const candidates = explanations.flatMap(({ question }) => question.facts.candidates);
  const absent = new Set(facts.plugins.filter(isAbsent).map(({ package: name }) => name));
  const findings = [
    ...explanations.flatMap((explanation) => findInDecision(explanation, absent)),
    ...findInGraph(reads),
    ...findFactories(candidates, facts),
    ...facts.plugins.flatMap((plugin) => findPlugin(plugin, loaded)),
    ...findStackOrder(candidates, loaded),
    ...findVariables(facts, loaded),
    ...findVersions(facts),
    ...explanations.flatMap((explanation) => findSettings(explanation, loaded)),
    ...loaded.notices.map(({ path, origin, text }): DoctorFinding => ({
      code: 'NOT_IN_FORCE',
      key: null,
      place: origin,
      details: { path, text },
    })),
  ];
  return sortFindings(findings);
}

const ORDER = Object.keys(DOCTOR_CATALOGUE) as readonly FindingCode[];

/** The gravest codes first; those of one code in the order in which they are given. */
export function sortFindings<F extends Pick<DoctorFinding, 'code'>>(findings: readonly F[]): readonly F[] {
  return [...findings].sort((a, b) => ORDER.indexOf(a.code) - ORDER.indexOf(b.code));
}

/** `absent`: the plugins that are not loaded, which has findings of its own: what stands for their candidates has none. */
function findInDecision(explanation: Explanation, absent: ReadonlySet<unknown>): readonly DoctorFinding[] {
  const { request, outcome, selection, summary, candidates, unknown } = explanation;
  const key = `${request.domain}/${request.key}`;
  const nearestOf = (kind: string): string | null =>
    unknown.find((each) => each.kind === kind)?.nearest ?? null;
  const filtered = candidates
    .filter((each): each is FilteredReport => each.state === 'filtered')
    .filter(({ source }) => source.kind !== 'plugin' || !absent.has(source.id))
    .map((each) => findFiltered(each, key));
  if (selection?.state === 'unknown') {
    const { provider: name, policy, origin: place } = selection;
    if (candidates.length === 0) {
      const details = { name, nearest: nearestOf('key') };
      return [{ code: 'SELECTION_WITHOUT_CANDIDATE', key, place, details }];
    }
    const code = policy === 'pin' ? 'SELECTION_UNKNOWN' : 'PREFERENCE_UNKNOWN';
    const found: DoctorFinding = { code, key, place, details: { name, nearest: nearestOf('selection') } };
    if (policy === 'pin') return [found, ...filtered];
    filtered.unshift(found);
  }
  if (outcome === 'none') {
    const place = selection?.origin ?? candidates[0]?.origins.site ?? null;
    return [{ code: 'NOTHING_WINS', key, place, details: { summary } }, ...filtered];
  }
  return outcome === 'tie' ? [tieOf(candidates, key), ...filtered] : filtered;
}

function tieOf(candidates: readonly CandidateReport[], key: string): DoctorFinding {
  const [winner, ...others] = candidates;
  const equals = others.filter((each) => each.state === 'shadowed' && each.lostAt === 'registration');
  return {
    code: 'TIE',
    key,
    place: winner?.origins.site ?? null,
    details: { winner: winner?.provider ?? '', equals: equals.map(({ provider }) => provider) },
  };
}

function findFiltered(report: FilteredReport, key: string): DoctorFinding {
  const { provider, origins } = report;
  const found = { key, place: origins.site ?? null, details: { provider, told: tellFinding(report) } };
  switch (report.code) {
    case 'PLATFORM_UNSUPPORTED':
      return { code: 'PLATFORM_UNSUPPORTED', ...found };
    case 'REQUIREMENT_MISSING':
      return { code: 'REQUIREMENT_UNMET', ...found };
    case 'CONFLICT':
      return { code: 'CONFLICTING', ...found };
    default:
      return { code: 'MARKED', ...found };
  }
}

/** Only those of a winner: that a loser lacks settings is why one has another one. */
function findSettings({ winner }: Explanation, { settings }: DiagnosedConfig): readonly DoctorFinding[] {
  if (winner === null) return [];
  return settings.problems
    .filter(
      ({ owner }) =>
        owner.domain === winner.domain && owner.key === winner.key && owner.provider === winner.provider,
    )
    .map(({ owner: { domain, key, provider }, setting, origin, found, expected }) => ({
      code: 'SETTINGS_UNUSABLE',
      key: `${domain}/${key}`,
      place: origin,
      details: { provider, setting, found, expected },
    }));
}

function findInGraph(reads: DependencyReads): readonly DoctorFinding[] {
  const { missing, cycles, explanations } = dependencyGraph(reads);
  return [
    ...missing
      .filter(({ kind }) => kind === 'inject')
      .map(({ from, to, provider, name = '', path }): DoctorFinding => ({
        code: 'INJECT_MISSING',
        key: from,
        place: explanations.get(from)?.winner?.origins.site ?? null,
        details: {
          provider,
          name,
          target: to,
          path,
          nearest: explanations.get(to)?.unknown.find(({ kind }) => kind === 'key')?.nearest ?? null,
        },
      })),
    ...cycles.map(({ path, kinds }): DoctorFinding => ({
      code: kinds.every((kind) => kind === 'inject') ? 'INJECT_CYCLE' : 'REQUIRES_CYCLE',
      key: path[0] ?? null,
      place: explanations.get(path[0] ?? '')?.winner?.origins.site ?? null,
      details: { path },
    })),
  ];
}

function findFactories(
  candidates: readonly Candidate[],
  { missingFactories, foreignFactories }: ProjectFacts,
): readonly DoctorFinding[] {
  const foreign = new Map<unknown, string>(foreignFactories.map((each) => [each.reference, each.package]));
  const byReference = new Map<unknown, MissingFactory>(
    missingFactories.map((each) => [each.reference, each]),
  );
  return candidates.flatMap(({ domain, key, provider, factory, origins, source }): DoctorFinding[] => {
    if (source.kind === 'plugin' || typeof factory !== 'string') return [];
    const found = byReference.get(factory);
    const name = foreign.get(factory);
    if (found === undefined && name !== undefined) {
      const details = { provider, reference: factory, package: name };
      return [{ code: 'FACTORY_NOT_ALLOWED', key: `${domain}/${key}`, place: origins.site ?? null, details }];
    }
    if (found === undefined) return [];
    const { kind, reference, missing } = found;
    return [
      {
        code: kind === 'file' ? 'FACTORY_FILE_MISSING' : 'FACTORY_PACKAGE_MISSING',
        key: `${domain}/${key}`,
        place: origins.site ?? null,
        details: { provider, reference, missing },
      },
    ];
  });
}

/** Those for which nothing is to blame but the machine; everything else about a skipped plugin is somebody's mistake. */
const PLUGIN_CODES = {
  NOT_INSTALLED: 'PLUGIN_NOT_INSTALLED',
  MANIFEST_INVALID: 'PLUGIN_FAILED',
  UNDECLARED: 'PLUGIN_UNDECLARED',
  ENTRY_INVALID: 'PLUGIN_ENTRY_INVALID',
  CORE_UNSUPPORTED: 'PLUGIN_CORE_UNSUPPORTED',
  NAME_TAKEN: 'PLUGIN_NAME_TWICE',
} as const;

function isAbsent({ state }: PluginReport): boolean {
  return state === 'failed' || state === 'skipped';
}

function findPlugin(report: PluginReport, { origins }: DiagnosedConfig): readonly DoctorFinding[] {
  const { package: name, state, reason, entry, detail, at } = report;
  const place = at === null ? (origins.get('plugins') ?? null) : ({ kind: 'code', ...at } as const);
  const told = detail ?? '';
  const details = { package: name, entry, told };
  if (!isAbsent(report))
    return detail === null ? [] : [{ code: 'PLUGIN_PROVIDES_INVALID', key: null, place, details }];
  const code =
    reason !== null && reason in PLUGIN_CODES
      ? PLUGIN_CODES[reason as keyof typeof PLUGIN_CODES]
      : state === 'failed'
        ? 'PLUGIN_FAILED'
        : 'PLUGIN_SKIPPED';
  return [{ code, key: null, place, details }];
}

function findStackOrder(
  candidates: readonly Candidate[],
  { config, origins }: DiagnosedConfig,
): readonly DoctorFinding[] {
  const packages = new Set(candidates.flatMap(({ source }) => source.package ?? []));
  return Object.keys(config.stackOrder)
    .filter((name) => !packages.has(name))
    .map((name) => ({
      code: 'STACK_ORDER_UNUSED',
      key: null,
      place: origins.get(formatPath(['stackOrder', name])) ?? null,
      details: { name, nearest: nearestName(name, packages) ?? null },
    }));
}

function findVariables({ variables }: ProjectFacts, { config }: DiagnosedConfig): readonly DoctorFinding[] {
  const referenced = new Set(
    Array.from(JSON.stringify(config.settings).matchAll(/"env:(\w+)"/g), ([, name]) => name),
  );
  return variables
    .filter((name) => !VARIABLES.includes(name) && !referenced.has(name))
    .map((name) => ({
      code: 'VARIABLE_UNKNOWN',
      key: null,
      place: { kind: 'environment', variable: name },
      details: { name, nearest: nearestName(name, VARIABLES) ?? null },
    }));
}

function findVersions({ packages }: ProjectFacts): readonly DoctorFinding[] {
  if (new Set(packages.map(({ version }) => version)).size < 2) return [];
  return [{ code: 'VERSIONS_DIFFER', key: null, place: null, details: { packages } }];
}
