import { createHash } from 'node:crypto';
import * as zlib from 'node:zlib';

import { COMPRESSOR, isReversible } from '../../src/compressor/compressor.js';
import { startables, demoRegistry } from '../support/demo-registry.js';
import { PLACES } from '../support/places.js';

const repetitive = Buffer.from(JSON.stringify(PLACES).repeat(200));
const noise = createHash('shake256', { outputLength: 100_000 }).update('seed').digest();

describe.each(await startables(COMPRESSOR))('compressor $provider', ({ create, capabilities }) => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0])],
    ['text', repetitive],
    ['noise', noise],
  ])('gives %s back byte by byte', async (_, bytes) => {
    const compressor = await create();
    const back = await compressor.decompress(await compressor.compress(bytes));
    expect(Buffer.from(back).equals(bytes)).toBe(true);
  });

  it('makes repetitive text at least ten times smaller', async () => {
    const packed = await (await create()).compress(repetitive);
    expect(packed.byteLength * 10).toBeLessThan(repetitive.byteLength);
  });

  it('rejects bytes that it did not write', async () => {
    const compressor = await create();
    await expect(compressor.decompress(noise)).rejects.toThrow();
  });

  it('works on several blocks at once', async () => {
    const compressor = await create();
    const blocks = Array.from({ length: 8 }, (_, index) => Buffer.alloc(50_000, index));
    const packed = await Promise.all(blocks.map((block) => compressor.compress(block)));
    const back = await Promise.all(packed.map((block) => compressor.decompress(block)));
    expect(back.every((bytes, index) => Buffer.from(bytes).equals(blocks[index]!))).toBe(true);
  });

  it('writes what any gunzip reads exactly where it says gzip-format', async () => {
    const packed = await (await create()).compress(repetitive);
    const readable = ((): boolean => {
      try {
        return zlib.gunzipSync(packed).equals(repetitive);
      } catch {
        return false;
      }
    })();
    expect(capabilities.includes('gzip-format')).toBe(readable);
  });
});

it('offers zstd exactly where Node has it', async () => {
  const zstd = (await demoRegistry())
    .explain(COMPRESSOR)
    .candidates.find(({ provider }) => provider === 'zstd');
  expect(zstd?.state !== 'filtered').toBe('zstdCompress' in zlib);
});

it('is unhealthy where it gives back something else', async () => {
  for (const { create } of await startables(COMPRESSOR)) {
    const compressor = await create();
    expect(await isReversible(compressor)).toBe(true);
    const forgetful = { compress: compressor.compress, decompress: async () => new Uint8Array(28) };
    expect(await isReversible(forgetful)).toBe(false);
  }
});
