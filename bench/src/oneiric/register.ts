import { type CandidateInput, CandidateRegistry } from '@oneiric/core';

import type { Contender } from '../harness/contender.js';
import { makeNames, type Name } from '../harness/names.js';
import { candidatesFor, filledRegistry } from './filled-registry.js';

/** One `registerAll` of all inputs, into an empty registry. */
export function registerAllOf(inputs: readonly CandidateInput[]): Contender {
  let registry: CandidateRegistry | undefined;
  return {
    prepare() {
      registry = new CandidateRegistry();
    },
    run: () => registry?.registerAll(inputs),
  };
}

/** `registerCandidate`, awaited one by one, for keys that all have the same number of candidates before. */
export function registerBeside(options: {
  /** How many candidates each of `keys` has before. */
  readonly crowd: number;
  readonly keys: number;
  /** How many other keys there are. */
  readonly others?: number;
  /** Ask who wins after each registration. */
  readonly resolve?: boolean;
}): Contender {
  const { crowd, keys, others = 0, resolve = false } = options;
  const names = makeNames(keys);
  const all = makeNames(keys + others);
  let registry = new CandidateRegistry();
  return {
    async prepare() {
      registry = await filledRegistry(all);
      if (crowd > 1) await registry.registerAll(candidatesFor(names, crowd - 1));
      for (const { domain, key } of names) registry.resolve(domain, key);
    },
    async run(turns) {
      let found = 0;
      for (let turn = 0; turn < turns; turn++) {
        const { domain, key } = names[turn % names.length] as Name;
        const { candidate } = await registry.registerCandidate({
          domain,
          key,
          provider: `late-${turn}`,
          priority: 7,
          factory,
        });
        found += candidate.sequence;
        if (resolve) found += registry.resolve(domain, key)?.priority ?? 0;
      }
      return found;
    },
  };
}

const factory = (): object => ({});
