import { IDS } from '../../src/ids/ids.js';
import { startables } from '../support/demo-registry.js';

describe.each(await startables(IDS))('ids $provider', ({ create }) => {
  it('gives 20,000 different names, from two instances', async () => {
    const [one, other] = await Promise.all([create(), create()]);
    const names = Array.from({ length: 10_000 }, () => [one.next(), other.next()]).flat();
    expect(new Set(names).size).toBe(20_000);
  });

  it('gives names that fit a file name and a URL', async () => {
    const ids = await create();
    for (let index = 0; index < 100; index += 1) expect(ids.next()).toMatch(/^[A-Za-z0-9_-]{21,36}$/);
  });
});
