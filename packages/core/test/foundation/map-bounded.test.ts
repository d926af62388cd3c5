import { setImmediate } from 'node:timers/promises';

import { mapBounded } from '../../src/foundation/map-bounded.js';

describe('work on many items', () => {
  it('is done for each, in the order of the items, and never for more at a time than the bound', async () => {
    let running = 0;
    let most = 0;
    const items = Array.from({ length: 50 }, (_, index) => index);
    const results = await mapBounded(items, 4, async (item) => {
      most = Math.max(most, ++running);
      for (let turn = 0; turn < item % 3; turn++) await setImmediate();
      running--;
      return item * 2;
    });
    expect(results).toEqual(items.map((item) => item * 2));
    expect(most).toBe(4);
  });

  it('fails as the first that fails, and is nothing for no items', async () => {
    const fail = (item: number): Promise<number> => Promise.reject(new Error(String(item)));
    await expect(mapBounded([1, 2], 1, fail)).rejects.toThrow('1');
    expect(await mapBounded([], 4, fail)).toEqual([]);
  });
});
