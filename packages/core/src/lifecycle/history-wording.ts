import { MARK_OPPOSITES, tellFinding } from '../decision/filter-wording.js';
import type { Selection } from '../decision/selection.js';
import { tellOrigin, tellSource } from '../decision/tell-origin.js';
import type { JsonValue } from '../foundation/json.js';
import type { RegistryChangeReport } from '../registry/change-report.js';
import type { DecisionRecord } from './decision-history.js';
import { nameOf } from './lifecycle-wording.js';

type CauseWording = {
  readonly [K in RegistryChangeReport['kind']]: (
    change: RegistryChangeReport & { readonly kind: K },
  ) => string;
};

/** What a commit did to a key. */
const CAUSE_WORDING: CauseWording = {
  registered: ({ provider, source, version }) =>
    source.kind === 'manual' && source.file === undefined
      ? `${nameOf({ provider, version })} was registered in code`
      : `${provider} was registered (${tellSource(source, version ?? undefined, undefined)})`,
  unregistered: ({ provider }) => `${provider} was taken away`,
  replaced: ({ provider, differences }) =>
    differences.length === 0
      ? `${provider} was offered anew`
      : `${provider} changed: ` +
        differences.map(({ property, from, to }) => `${property} ${tell(from)} → ${tell(to)}`).join(', '),
  selected: ({ selection, previous }) =>
    `the selection ${tellSelection(selection)} (${tellOrigin(selection.origin)})` +
    (previous === null ? '' : `; it ${tellSelection(previous)} before`),
  'selection-cleared': ({ previous }) =>
    `the selection${previous === null ? '' : ` of ${previous.provider}`} was taken back`,
  marked: ({ provider, code, detail }) =>
    `${provider} ${tellFinding({ code, expected: MARK_OPPOSITES[code], actual: detail })}`,
  'mark-cleared': ({ provider, code }) => `${provider} is ${MARK_OPPOSITES[code]} again`,
  'ranking-defaults-changed': () => 'the stack order or the default priority changed',
};

/** `redis wins instead of memory, decided at priority` */
export function tellDecision({ winner, previous, outcome, decidedBy }: DecisionRecord): string {
  if (winner === null) return previous === null ? 'nothing wins' : `nothing wins instead of ${previous}`;
  const rule = decidedBy === null ? '' : `, decided at ${decidedBy}${outcome === 'tie' ? ' (TIE)' : ''}`;
  if (previous === null) return `${winner} wins${rule}`;
  return previous === winner
    ? `${winner} wins, another one than before${rule}`
    : `${winner} wins instead of ${previous}${rule}`;
}

/** What was done to the key, or to another one that it depends on, which is then named. */
export function tellCause(change: RegistryChangeReport, own: string): string {
  const words = (CAUSE_WORDING[change.kind] as (change: RegistryChangeReport) => string)(change);
  if (!('domain' in change)) return words;
  const name = `${change.domain}/${change.key}`;
  return name === own ? words : `${name}: ${words}`;
}

function tellSelection({ provider, policy }: Selection): string {
  return `${policy === 'pin' ? 'pins' : 'prefers'} ${provider}`;
}

function tell(value: JsonValue): string {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
