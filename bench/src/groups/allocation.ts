import type { Contender } from '../harness/contender.js';
import type { Group } from '../harness/group.js';
import { makeNames, picksOf } from '../harness/names.js';
import { figureRow, type Row } from '../harness/row.js';
import { consume } from '../harness/sink.js';
import { filledRegistry } from '../oneiric/filled-registry.js';
import { explainByName, listActiveOf } from '../oneiric/explain.js';
import { resolveByKey, resolveByName } from '../oneiric/resolve.js';

const group = 'allocation';
const CALLS = 1_000_000;

/**
 * What a read leaves on the heap, over a million of them; the least of five counts, because now and then the engine
 * itself puts something there. The young generation is so large that nothing is collected in between.
 */
export const allocation: Group = {
  name: group,
  async run() {
    const names = makeNames(1000);
    const asked = picksOf(names);
    const registry = await filledRegistry(names);
    const row = (what: string, contender: Contender, atMost?: number): Row => {
      const samples = bytesPerCall(contender);
      const ours = { name: 'per call', value: Math.min(...samples), unit: 'bytes' as const, samples };
      return figureRow({ group, what, ours, ...(atMost === undefined ? {} : { atMost }) });
    };
    return [
      row('allocated by resolve(domain, key)', resolveByName(registry, asked), 0.1),
      row('allocated by resolve(key)', resolveByKey(registry, asked), 0.1),
      row('allocated by a repeated explain(domain, key)', explainByName(registry, asked)),
      row('allocated by a repeated listActive(domain)', listActiveOf(registry, 'adapter')),
    ];
  },
};

function bytesPerCall(contender: Contender): readonly number[] {
  for (let warm = 0; warm < 5; warm++) consume(contender.run(CALLS / 10));
  return Array.from({ length: 5 }, () => {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    consume(contender.run(CALLS));
    return (process.memoryUsage().heapUsed - before) / CALLS;
  });
}
