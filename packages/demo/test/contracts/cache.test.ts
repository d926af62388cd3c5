import { CACHE } from '../../src/cache/cache.js';
import { startables } from '../support/demo-registry.js';

const block = (...bytes: readonly number[]): Uint8Array => Uint8Array.from(bytes);

describe.each(await startables(CACHE))('cache $provider', ({ create, capabilities }) => {
  it('gives a block back under its name, and undefined under another', async () => {
    const cache = await create();
    cache.set('a', block(1, 2));
    expect(cache.get('a')).toEqual(block(1, 2));
    expect(cache.get('b')).toBeUndefined();
  });

  it('keeps an empty block', async () => {
    const cache = await create();
    cache.set('empty', block());
    expect(cache.get('empty')).toEqual(block());
  });

  it('keeps the later of two blocks under one name', async () => {
    const cache = await create();
    cache.set('a', block(1));
    cache.set('a', block(2));
    expect(cache.get('a')).toEqual(block(2));
    expect(cache.size).toBe(1);
  });

  it('takes names that are properties of every object', async () => {
    const cache = await create();
    expect(cache.get('constructor')).toBeUndefined();
    cache.set('__proto__', block(1));
    expect(cache.get('__proto__')).toEqual(block(1));
  });

  it('shares nothing with another instance', async () => {
    const cache = await create();
    cache.set('a', block(1));
    expect((await create()).get('a')).toBeUndefined();
  });

  it('forgets what was not used for longest exactly where it says bounded', async () => {
    const cache = await create();
    // The same 128 KiB under 2,000 names: 250 MiB for a cache that counts bytes.
    const large = new Uint8Array(128 * 1024);
    cache.set('used', large);
    cache.set('unused', large);
    for (let index = 0; index < 2000; index += 1) {
      cache.set(`block ${index}`, large);
      cache.get('used');
    }
    expect(cache.get('block 1999')).toBe(large);
    expect(cache.get('used')).toBe(large);
    expect(cache.get('unused') === undefined).toBe(capabilities.includes('bounded'));
    expect(cache.size < 2002).toBe(capabilities.includes('bounded'));
  });

  it('counts bytes exactly where it says bounded.bytes', async () => {
    const cache = await create();
    const huge = new Uint8Array(24 * 1024 * 1024);
    for (const name of ['a', 'b', 'c', 'd']) cache.set(name, huge);
    expect(cache.size < 4).toBe(capabilities.includes('bounded.bytes'));
  });
});
