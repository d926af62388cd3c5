import { type CandidateInput, CandidateRegistry, type Registration } from '@oneiric/core';

import type { Contender } from '../harness/contender.js';
import { makeNames, type Name } from '../harness/names.js';
import { consume } from '../harness/sink.js';
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
  let registry: CandidateRegistry | undefined;
  let receipts: Registration[] = [];
  return {
    /** The same candidates before every sample: what the last one added is taken away. */
    async prepare() {
      registry ??= await crowdedRegistry(all, names, crowd);
      for (const receipt of receipts) await receipt.unregister();
      receipts = [];
      for (const { domain, key } of names) registry.resolve(domain, key);
    },
    async run(turns) {
      for (let turn = 0; turn < turns; turn++) {
        const { domain, key } = names[turn % names.length] as Name;
        const input = { domain, key, provider: `late-${turn}`, priority: 7, factory };
        const receipt = await registry?.registerCandidate(input);
        if (receipt !== undefined) receipts.push(receipt);
        if (resolve) consume(registry?.resolve(domain, key));
      }
      return receipts;
    },
  };
}

async function crowdedRegistry(
  all: readonly Name[],
  crowded: readonly Name[],
  crowd: number,
): Promise<CandidateRegistry> {
  const registry = await filledRegistry(all);
  if (crowd > 1) await registry.registerAll(candidatesFor(crowded, crowd - 1));
  return registry;
}

const factory = (): object => ({});
