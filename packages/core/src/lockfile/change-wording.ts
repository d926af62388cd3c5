import { list } from '../decision/list.js';
import type { LockfileChange, LockfileDifference } from './lockfile-change.js';

type ChangeWording = {
  readonly [K in LockfileChange['kind']]: (
    change: Extract<LockfileChange, { readonly kind: K }>,
    difference: LockfileDifference,
  ) => string;
};

/** The words of every change, in half a sentence. */
const CHANGE_WORDING: ChangeWording = {
  winner: ({ from, to }) => {
    if (from === null) return `${String(to)} wins, where nothing won`;
    return to === null ? `nothing wins any more; it was ${from}` : `${to} wins instead of ${from}`;
  },
  'winner-source': ({ provider, from, to }) => `${provider} comes from ${to} instead of ${from}`,
  'key-appeared': (_, { after }) =>
    typeof after?.winner === 'string'
      ? `the key is new: ${after.winner} wins`
      : 'the key is new, and nothing wins it',
  'key-vanished': (_, { before }) =>
    typeof before?.winner === 'string'
      ? `the key is gone; it was ${before.winner}`
      : 'the key is gone; nothing won it',
  'environment-appeared': (_, { environment }) =>
    environment === null
      ? 'what is decided without an environment is not locked'
      : 'the environment is not locked',
  'environment-vanished': (_, { environment }) =>
    environment === null
      ? 'only environments are decided'
      : 'the configuration has no such environment any more',
  rule: ({ from, to }) => {
    if (to === 'registration') return 'only the order of registration decides now: TIE';
    if (to === null) return `no rival is left; it was decided at ${String(from)}`;
    return from === null ? `decided at ${to} now` : `decided at ${to} instead of ${from}`;
  },
  selection: ({ from, to }) => {
    if (from === null) return `the selection names ${String(to)} now`;
    return to === null
      ? `no selection any more; it named ${from}`
      : `the selection names ${to} instead of ${from}`;
  },
  'candidate-appeared': ({ label }) => `${label} is new`,
  'candidate-vanished': ({ label }) => `${label} is gone`,
  filter: ({ provider, from, to, reason }) => {
    if (to === null) return `${provider} passes the filter now; it was ${String(from)}`;
    return `${provider} is filtered: ${reason ?? to} (${to})`;
  },
  source: ({ provider, from, to }) => `${provider} comes from ${to} instead of ${from}`,
  version: ({ provider, from, to }) => {
    if (from === null) return `${provider} has version ${String(to)} now`;
    return to === null
      ? `${provider} has no version any more; it was ${from}`
      : `${provider} went from ${from} to ${to}`;
  },
  factory: ({ provider, from, to }) =>
    `${provider} is made by ${to ?? 'code'}${from === null ? '' : ` instead of ${from}`}`,
  priority: ({ provider, from, to }) => `${provider} has priority ${String(to)} instead of ${String(from)}`,
  stackLevel: ({ provider, from, to }) =>
    `${provider} has stack level ${String(to)} instead of ${String(from)}`,
  inputs: () =>
    'the inputs changed, and nothing that they decide: a requirement, a platform, a conflict or an order',
};

/** One change in half a sentence. */
export function tellChange(change: LockfileChange, difference: LockfileDifference): string {
  // The words of a kind take the changes of just that kind.
  const tell = CHANGE_WORDING[change.kind] as (
    change: LockfileChange,
    difference: LockfileDifference,
  ) => string;
  return tell(change, difference);
}

/** What a difference is about: `adapter/cache`, `adapter/cache in production`. */
export function nameDifference({ environment, key }: LockfileDifference): string {
  const where = environment === null ? undefined : environment;
  if (key === null) return where === undefined ? 'without an environment' : `environment ${where}`;
  return where === undefined ? key : `${key} in ${where}`;
}

/** How the old winner wins again. */
export interface RestorationAdvice {
  readonly text: string;
  /** What to write into the configuration, where that is how. */
  readonly line?: string;
}

/** How the old winner wins again; undefined where there is nothing to restore. */
export function tellRestoration(difference: LockfileDifference): RestorationAdvice | undefined {
  const { key, environment, restore } = difference;
  if (restore === null || key === null) return undefined;
  const { provider } = restore;
  switch (restore.kind) {
    case 'pin':
      return {
        text: `To keep ${provider}, pin it in the configuration:`,
        line: selectionLine(key, environment, provider),
      };
    case 'override':
      return { text: `To keep ${provider}, change ${restore.setBy}, which selects another one.` };
    case 'filtered':
      return { text: `To keep ${provider}, mend why it is filtered: it ${restore.reason}.` };
    case 'absent':
      return { text: `To keep ${provider}, offer it again: nobody does any more.` };
    default:
      return restore satisfies never;
  }
}

/** The line of a configuration that pins a provider; it reads the same in YAML and in TypeScript. */
function selectionLine(name: string, environment: string | null, provider: string): string {
  const [domain = '', key = ''] = name.split('/');
  const line = `selections: { ${quoted(domain)}: { ${quoted(key)}: "${provider}" } }`;
  return environment === null ? line : `environments: { ${quoted(environment)}: { ${line} } }`;
}

function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `"${name}"`;
}

/** How many winners and how many others differ: `2 winners changed; 1 other difference.` */
export function tellCounts(differences: readonly LockfileDifference[]): string {
  const winners = differences.filter(({ severity }) => severity === 'winner').length;
  const others = differences.length - winners;
  const parts = [
    ...(winners === 0 ? [] : [`${String(winners)} ${winners === 1 ? 'winner' : 'winners'} changed`]),
    ...(others === 0 ? [] : [`${String(others)} other ${others === 1 ? 'difference' : 'differences'}`]),
  ];
  return parts.length === 0 ? 'Nothing differs.' : `${list(parts, 'and')}.`;
}
