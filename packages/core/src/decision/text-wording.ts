import type { CandidateSource } from './candidate.js';
import type { RankRuleName } from './rank-rules.js';
import { RANK_WORDING } from './rank-wording.js';
import type { SelectionReport } from './selection-report.js';
import type { UnknownName } from './unknown-names.js';
import type { ValueOrigin } from './value-origin.js';

/** The words of the text form that are not those of a rule or of the summary. */
export const TEXT_WORDING = {
  candidate: 'candidate',
  state: 'state',
  revision: 'revision',
  ranking: 'Ranking',
  rankingDecided: 'Ranking (* decided)',
  rules: 'rules',
  losers: 'Why not the others',
  filtered: 'Filtered',
  selection: 'Selection',
  origins: 'Where it comes from',
  hypothesis: 'What if',
  winsIf: (count: number) => (count === 1 ? 'wins with' : 'wins with any one of'),
  nothingHelps: 'no single change makes it win',
  request: (provider: string | null, capabilities: readonly string[], requireAll: boolean) => [
    ...(provider === null ? [] : [`provider ${provider}`]),
    ...(capabilities.length === 0 ? [] : [`with ${requireAll ? '' : 'any of '}${capabilities.join(', ')}`]),
  ],
  lost: (name: string, winner: string, rule: RankRuleName, values: string) =>
    `${name} lost to ${winner} at ${rule}, ${values}`,
  pinnedAway: (name: string, pinned: string) => `${name} is eligible, but the selection pins ${pinned}`,
  wins: (name: string) => `${name} wins.`,
  notOffered: (provider: string, key: string) => `Nobody offers ${provider} for ${key}.`,
  baseline: (winner: string | null, isSame: boolean) =>
    `As it is, ${winner === null ? 'nothing wins' : `${winner} wins`}${isSame ? ', too' : ''}.`,
  tied: (names: string, count: number) =>
    `${String(count)} candidates (${names}) are equal under every other rule. ${RANK_WORDING.registration.remedy}`,
} as const;

export const SELECTION_WORDING: Readonly<
  Record<SelectionReport['state'], (selection: SelectionReport) => string>
> = {
  matched: ({ provider, policy }) => `${verb(policy)} ${provider}, which won`,
  filtered: ({ provider, policy }) => `${verb(policy)} ${provider}, which is filtered`,
  unknown: ({ provider, policy }) => `${verb(policy)} ${provider}, which nobody offers`,
  'not-bound': ({ provider, policy }) =>
    `${verb(policy)} ${provider}; it does not count, since the request names a provider`,
};

/** A name that the summary may not have told of; of an unknown key it always has. */
export type UntoldName = UnknownName & { readonly kind: Exclude<UnknownName['kind'], 'key'> };

export const UNKNOWN_WORDING: Readonly<Record<UntoldName['kind'], string>> = {
  domain: 'no such domain',
  provider: 'nobody offers this provider',
  capability: 'nobody has this capability',
  selection: 'nobody offers the selected provider',
};

export const ORIGIN_WORDING: Readonly<Record<ValueOrigin['kind'], string>> = {
  candidate: 'its own',
  code: 'set in code',
  config: 'configuration',
  environment: 'environment variable',
  flag: 'command line',
  'stack-order': 'stack order',
  default: 'default',
  hypothesis: 'what if',
};

export const SOURCE_WORDING: Readonly<Record<CandidateSource['kind'], string>> = {
  manual: 'registered in code',
  config: 'configuration',
  plugin: 'plugin',
  manifest: 'manifest',
  worker: 'worker',
  remote: 'remote host',
};

function verb(policy: SelectionReport['policy']): string {
  return policy === 'pin' ? 'pins' : 'prefers';
}
