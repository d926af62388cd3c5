import type { CandidateInput } from '../decision/candidate.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { formatPath } from './config-path.js';
import type { ConfigProblem } from './config-problem.js';
import { EXPECTED } from './config-words.js';
import { type ConfigNotice, type ConfigPlace, problemAt } from './layer-report.js';
import type { SettingsProblem } from './loaded-config.js';
import { settingsName, type SettingsTable } from './settings-table.js';
import type { SettingsEntry } from './settings-tree.js';

export interface SettleSettingsOptions {
  readonly signal: AbortSignal | undefined;
  /** Whether settings of what nobody offers are a problem, a remark, or passed over since more is wrong. */
  readonly unknown: 'refuse' | 'note' | 'ignore';
  readonly missingSecrets: 'refuse' | 'note';
  readonly arePluginsOff: boolean;
}

/** What came of all settings together. */
export interface SettledSettings {
  /** These make the configuration invalid. */
  readonly problems: readonly ConfigProblem[];
  /** These keep single candidates from starting. */
  readonly pending: readonly SettingsProblem[];
  readonly notices: readonly ConfigNotice[];
}

/** Checks what is set for each candidate, side by side, and that there is a candidate for whatever is set. */
export async function settleSettings(
  entries: ReadonlyMap<string, SettingsEntry>,
  table: SettingsTable,
  candidates: readonly CandidateInput[],
  { signal, unknown, missingSecrets, arePluginsOff }: SettleSettingsOptions,
): Promise<SettledSettings> {
  const problems: ConfigProblem[] = [];
  const pending: SettingsProblem[] = [];
  const notices: ConfigNotice[] = [];
  for (const entry of entries.values()) {
    const stranger = unknown === 'ignore' ? undefined : findStranger(entry, candidates);
    if (stranger === undefined) continue;
    const { place, found, expected, nearest } = stranger;
    const gone = nearest === undefined ? EXPECTED.pluginGone(arePluginsOff) : '';
    if (unknown === 'refuse') problems.push(problemAt(place, found, expected + gone, nearest));
    else notices.push({ path: formatPath(place.path), origin: place.origin, text: `settings of ${found}` });
  }
  const outcomes = await Promise.all(
    candidates
      .filter((owner) => entries.get(settingsName(owner))?.isWhole !== false)
      .map(async (owner) => ({ owner, outcome: await table.check(owner, signal) })),
  );
  for (const { owner, outcome } of outcomes) {
    if (outcome.kind === 'checked') continue;
    const isWritten = entries.has(settingsName(owner));
    const isPending = outcome.kind === 'incomplete' ? missingSecrets === 'note' : !isWritten;
    if (isPending) pending.push(...outcome.problems.map((problem) => pendingProblem(owner, problem)));
    else problems.push(...outcome.problems);
  }
  return { problems, pending, notices };
}

interface Stranger {
  readonly place: ConfigPlace;
  readonly found: string;
  readonly expected: string;
  readonly nearest: string | undefined;
}

/** The first of its names, domain, key or provider, that no candidate has. */
function findStranger(
  { domain, key, provider, names }: SettingsEntry,
  candidates: readonly CandidateInput[],
): Stranger | undefined {
  const inDomain = candidates.filter((candidate) => candidate.domain === domain);
  const ofKey = inDomain.filter((candidate) => candidate.key === key);
  const levels = [
    {
      kind: 'domain',
      name: domain,
      place: names.domain,
      known: candidates.map((candidate) => candidate.domain),
    },
    { kind: 'key', name: key, place: names.key, known: inDomain.map((candidate) => candidate.key) },
    {
      kind: 'provider',
      name: provider,
      place: names.provider,
      known: ofKey.map((candidate) => candidate.provider ?? 'default'),
    },
  ] as const;
  for (const { kind, name, place, known } of levels) {
    if (known.includes(name)) continue;
    return {
      place,
      found: `the ${kind} ${describeValue(name)}, which nothing is offered for`,
      expected: EXPECTED.settingsOwner(kind, [...new Set(known)].sort()),
      nearest: nearestName(name, known),
    };
  }
  return undefined;
}

function pendingProblem(
  { domain, key, provider = 'default' }: CandidateInput,
  problem: ConfigProblem,
): SettingsProblem {
  const own = formatPath(['settings', domain, key, provider]);
  const setting = problem.path.slice(problem.path.indexOf(own) + own.length).replace(/^\./, '');
  return { ...problem, owner: { domain, key, provider }, setting };
}
