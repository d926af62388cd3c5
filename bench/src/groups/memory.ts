import type { Group } from '../harness/group.js';
import { makeNames } from '../harness/names.js';
import { figureRow, type Row } from '../harness/row.js';
import { filledRegistry } from '../oneiric/filled-registry.js';

const group = 'memory';
const MB = 2 ** 20;

/** What a large registry needs: the whole process, with the names, the inputs and all that Node itself takes. */
export const memory: Group = {
  name: group,
  async run(pace) {
    const keys = pace.quick ? 20_000 : 100_000;
    const names = makeNames(keys);
    const registry = await filledRegistry(names, 10);
    const registered = used();
    for (const { domain, key } of names) registry.resolve(domain, key);
    const resolved = used();
    const what = `${(keys * 10).toLocaleString('en')} candidates over ${keys.toLocaleString('en')} keys`;
    const row = (detail: string, value: number, atMost?: number): Row =>
      figureRow({
        group,
        what: `${what}: ${detail}`,
        ours: { name: 'process', value, unit: 'MB' },
        ...(atMost === undefined || pace.quick ? {} : { atMost }),
      });
    return [
      row('heap in use', registered.heap),
      row('heap in use, every key resolved once', resolved.heap),
      row('resident, every key resolved once', resolved.resident, 1024),
      row('resident, the most there ever was', process.resourceUsage().maxRSS / 1024, 1024),
    ];
  },
};

function used(): { readonly heap: number; readonly resident: number } {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / MB, resident: rss / MB };
}
