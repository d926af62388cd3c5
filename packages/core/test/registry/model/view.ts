import type { Candidate } from '../../../src/decision/candidate.js';
import type { Explanation } from '../../../src/decision/explanation.js';
import { normaliseRequest } from '../../../src/decision/normalise-request.js';
import type { ResolveRequest } from '../../../src/decision/request.js';
import { defineKey } from '../../../src/registry/define-key.js';
import type { RegistryReads } from '../../../src/registry/registry-reads.js';
import { DOMAINS, KEYS } from './command.js';
import { explanationOf, keysOf, label, type ModelState } from './registry-model.js';

const REQUESTS: readonly (ResolveRequest | undefined)[] = [
  undefined,
  { provider: 'redis' },
  { capabilities: ['kv'] },
  { capabilities: ['scan', 'kv'], requireAll: false },
];

/** Everything that can be seen at one moment, as text that can be compared. */
export interface View {
  readonly revision: number;
  readonly keys: readonly string[];
  readonly active: readonly string[];
  readonly shadowed: readonly string[];
  readonly decisions: Readonly<Record<string, readonly string[]>>;
}

const TOLD = [
  'provider',
  'state',
  'rank',
  'source',
  'code',
  'expected',
  'actual',
  'lostTo',
  'lostAt',
  'values',
];

/** What an explanation says, without where things were written and without what would change it, which is dear. */
function told({
  winner,
  outcome,
  decidedBy,
  summary,
  candidates,
  unknown,
  fingerprint,
}: Explanation): readonly string[] {
  const reports = candidates.map((report) =>
    JSON.stringify(TOLD.map((name) => (report as unknown as Readonly<Record<string, unknown>>)[name])),
  );
  return [
    `${outcome} by ${String(decidedBy)}: ${winner === null ? 'nobody' : label(winner)}`,
    summary,
    fingerprint,
    JSON.stringify(unknown),
    ...reports,
  ];
}

function everyQuestion<T>(
  ask: (domain: string, key: string, request: ResolveRequest | undefined) => T,
): Record<string, T> {
  const answers: Record<string, T> = {};
  for (const domain of DOMAINS) {
    for (const key of KEYS) {
      for (const request of REQUESTS)
        answers[`${domain}/${key} ${JSON.stringify(request ?? {})}`] = ask(domain, key, request);
    }
  }
  return answers;
}

/** What a registry, a transaction or a snapshot shows. Throws where its own reads disagree. */
export function viewOf(reads: RegistryReads): View {
  const labels = (list: readonly Candidate[]): readonly string[] => list.map(label);
  for (const list of ['listActive', 'listShadowed'] as const) {
    const parts = labels([...DOMAINS].flatMap((domain) => reads[list](domain)));
    if (parts.join() !== labels(reads[list]()).join())
      throw new Error(`${list} of the domains is not ${list} of all`);
  }
  const decisions = everyQuestion((domain, key, request) => {
    const winner = reads.resolve(domain, key, request);
    const explanation = reads.explain(domain, key, request);
    if ((explanation.winner ?? undefined) !== winner)
      throw new Error(`resolve is not explain().winner of ${domain}/${key}`);
    if (reads.resolve(defineKey(domain, key), request) !== winner)
      throw new Error('a typed key finds another winner');
    return told(explanation);
  });
  return {
    revision: reads.revision,
    keys: reads.keys().map(({ domain, key }) => `${domain}/${key}`),
    active: labels(reads.listActive()),
    shadowed: labels(reads.listShadowed()),
    decisions,
  };
}

/** What it should show. */
export function expectedView(state: ModelState, revision: number): View {
  const plain = normaliseRequest(undefined);
  const keys = keysOf(state);
  const decided = keys.map((name) => {
    const [domain = '', key = ''] = name.split('/');
    return explanationOf(state, revision, domain, key, plain);
  });
  return {
    revision,
    keys,
    active: decided.flatMap(({ winner }) => (winner === null ? [] : [label(winner)])),
    shadowed: decided.flatMap(({ shadowed }) => shadowed.map(label)),
    decisions: everyQuestion((domain, key, request) =>
      told(explanationOf(state, revision, domain, key, normaliseRequest(request))),
    ),
  };
}
