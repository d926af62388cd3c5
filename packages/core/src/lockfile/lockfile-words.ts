import { BOUNDS } from '../decision/changes.js';
import { FILTER_CODES } from '../decision/finding.js';
import { RANK_RULE_NAMES } from '../decision/rank-rules.js';
import { NAME_RULE } from '../foundation/name.js';
import { LOCKFILE_VERSION } from './lockfile.js';

/** What a lockfile has in each place, in words. */
export const LOCK_EXPECTED = {
  lockfile: 'what "oneiric lock" writes: a map with schemaVersion, keys and environments',
  schemaVersion: `the number ${String(LOCKFILE_VERSION)}`,
  sections: 'keys, environments or both',
  environments: 'locked keys by the name of an environment',
  environment: 'a map with keys',
  keys: 'a decision for each key',
  key: 'a domain and a key, such as "adapter/cache"',
  decision: 'a decision: a map with winner, outcome, decidedBy, fingerprint, candidates',
  name: `a name (${NAME_RULE})`,
  winner: 'the name of a provider, or null',
  activeWinner: 'the provider of the one active candidate, or null where none is active',
  outcome: '"resolved", "tie" or "none", as the winner and the rule have it',
  decidedBy: `one of ${RANK_RULE_NAMES.join(', ')}, or null`,
  selection: '{ provider, policy, setBy }',
  policy: '"pin" or "prefer"',
  text: 'a text of at most 1000 characters',
  fingerprint: '"sha256-" and 43 characters',
  candidates: 'a list of candidates',
  candidate: 'a candidate: a map with provider, state, priority, stackLevel, source',
  state: '"active", "shadowed" or "filtered"',
  code: `one of ${FILTER_CODES.join(', ')}, since it is filtered`,
  priority: `an integer from ${String(BOUNDS.priority.min)} to ${String(BOUNDS.priority.max)}`,
  stackLevel: `an integer from ${String(BOUNDS.stackLevel.min)} to ${String(BOUNDS.stackLevel.max)}`,
  source: 'a kind of source, such as "config" or "plugin"',
} as const;
