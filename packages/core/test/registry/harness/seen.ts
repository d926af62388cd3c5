import type { Candidate } from '../../../src/decision/candidate.js';
import type { RegistryReads } from '../../../src/registry/registry-reads.js';

/** `adapter/cache=redis#3`, the way the tests write down which candidate they mean. */
export function tag({ domain, key, provider, sequence }: Candidate): string {
  return `${domain}/${key}=${provider}#${sequence}`;
}

/** Everything that reads tell of a registry, its transaction or a snapshot, as data that can be compared. */
export function seen(reads: RegistryReads) {
  return {
    revision: reads.revision,
    keys: reads.keys().map(({ domain, key }) => `${domain}/${key}`),
    active: reads.listActive().map(tag),
    shadowed: reads.listShadowed().map(tag),
    decisions: reads.keys().map(({ domain, key }) => {
      const { outcome, winner, decidedBy, candidates, summary, fingerprint } = reads.explain(domain, key);
      return {
        key: `${domain}/${key}`,
        outcome,
        winner: winner === null ? null : tag(winner),
        decidedBy,
        states: candidates.map(({ provider, rank, state }) => `${provider}#${rank.registration} ${state}`),
        summary,
        fingerprint,
      };
    }),
  };
}

/** The providers of the candidates of a key, best first. */
export function providersOf(reads: RegistryReads, domain = 'adapter', key = 'cache'): readonly string[] {
  return reads.explain(domain, key).candidates.map(({ provider }) => provider);
}
