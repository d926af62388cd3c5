import { createHash } from 'node:crypto';

import type { CandidateRegistry } from '@oneiric/core';

import type { Contender } from '../harness/contender.js';
import { LAST_PICK, type Name } from '../harness/names.js';
import { filledRegistry } from './filled-registry.js';

/** `registry.explain(domain, key)` of what was explained before. */
export function explainByName(registry: CandidateRegistry, asked: readonly Name[]): Contender {
  return {
    run(turns) {
      let last: unknown;
      let changes = 0;
      for (let turn = 0; turn < turns; turn++) {
        const { domain, key } = asked[turn & LAST_PICK] as Name;
        const found = registry.explain(domain, key);
        if (found !== last) changes++;
        last = found;
      }
      return changes;
    },
  };
}

/** `registry.listActive(domain)` of what was listed before. */
export function listActiveOf(registry: CandidateRegistry, domain: string): Contender {
  return {
    run(turns) {
      let count = 0;
      for (let turn = 0; turn < turns; turn++) count += registry.listActive(domain).length;
      return count;
    },
  };
}

/** A first explanation and its JSON: every sample has a registry in which nothing was asked yet. */
export function explainCold(names: readonly Name[], perKey: number): Contender {
  let registry: CandidateRegistry | undefined;
  return {
    async prepare() {
      registry = await filledRegistry(names, perKey);
    },
    run() {
      let length = 0;
      for (const { domain, key } of names) length += JSON.stringify(registry?.explain(domain, key)).length;
      return length;
    },
  };
}

/** The JSON of plain objects like the explanations, and a SHA-256 of it. */
export async function stringifyAndHash(names: readonly Name[], perKey: number): Promise<Contender> {
  const registry = await filledRegistry(names, perKey);
  const objects = names.map(
    ({ domain, key }) => JSON.parse(JSON.stringify(registry.explain(domain, key))) as object,
  );
  return {
    run() {
      let length = 0;
      for (const object of objects) {
        const text = JSON.stringify(object);
        length += text.length + createHash('sha256').update(text).digest('hex').length;
      }
      return length;
    },
  };
}
