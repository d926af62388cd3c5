import type { Candidate } from '../decision/candidate.js';

/** One thing that a candidate is given, and under which name. */
export interface InjectedNeed {
  readonly parameter: string;
  readonly domain: string;
  readonly key: string;
}

/** What a candidate injects, in the order in which it is written: key objects, `domain/key`, or keys of its own domain. */
export function injectedNeeds({
  inject = {},
  domain,
}: Pick<Candidate, 'inject' | 'domain'>): readonly InjectedNeed[] {
  return Object.entries(inject).map(([parameter, target]) => {
    if (typeof target !== 'string') return { parameter, domain: target.domain, key: target.key };
    const slash = target.indexOf('/');
    return slash < 0
      ? { parameter, domain, key: target }
      : { parameter, domain: target.slice(0, slash), key: target.slice(slash + 1) };
  });
}
