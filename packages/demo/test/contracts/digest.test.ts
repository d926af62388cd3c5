import { DIGEST } from '../../src/digest/digest.js';
import { startables } from '../support/demo-registry.js';

/** Of the three bytes "abc", from the documents that define them: FIPS 180-4, the BLAKE3 paper, xxHash's. */
const OF_ABC: Readonly<Record<string, string>> = {
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  blake3: '6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85',
  xxh64: '44bc2cf5ad770999',
};

describe.each(await startables(DIGEST))('digest $provider', ({ create, provider }) => {
  it('gives the digest that its specification gives', async () => {
    expect((await create()).hex(Buffer.from('abc'))).toBe(OF_ABC[provider]);
  });

  it('changes with every bit', async () => {
    const digest = await create();
    const bytes = Buffer.alloc(64);
    const seen = new Set([digest.hex(bytes)]);
    for (let bit = 0; bit < 512; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = 1 << (bit & 7);
      seen.add(digest.hex(flipped));
    }
    expect(seen.size).toBe(513);
    const lengths = [...seen].map(({ length }) => length);
    expect(new Set(lengths)).toEqual(new Set([OF_ABC[provider]?.length]));
  });

  it('reads the bytes of a view, not of the buffer under it', async () => {
    const digest = await create();
    const view = new Uint8Array(Buffer.from('-abc-')).subarray(1, 4);
    expect(digest.hex(view)).toBe(OF_ABC[provider]);
  });
});
