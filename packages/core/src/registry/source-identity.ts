import type { CandidateSource } from '../decision/candidate.js';

/**
 * What tells one source from another: its kind and id. Registrations of one identity for one domain, key and
 * provider replace each other. A manual source without an id has no identity, so two manual registrations stand
 * side by side.
 */
export function sourceIdentity(source: CandidateSource): string | undefined {
  if (source.id === undefined && source.kind === 'manual') return undefined;
  return `${source.kind}\u0000${source.id ?? ''}`;
}

/** A source in words, for messages: `plugin "@acme/redis"`. */
export function describeSource(source: CandidateSource): string {
  return source.id === undefined ? `the ${source.kind} source` : `${source.kind} "${source.id}"`;
}
