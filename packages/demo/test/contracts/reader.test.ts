import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { READER } from '../../src/reader/reader.js';
import { startables } from '../support/demo-registry.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oneiric-demo-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe.each(await startables(READER))('reader $provider', ({ create }) => {
  async function read(file: string): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of (await create()).read(file)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  it.each([0, 1, 1024 * 1024, 3_000_001])('gives a file of %i bytes as it is', async (size) => {
    const file = join(folder, 'input');
    const bytes = createHash('shake256', { outputLength: size }).update('seed').digest();
    await writeFile(file, bytes);
    expect((await read(file)).equals(bytes)).toBe(true);
  });

  it('rejects for a file that is not there', async () => {
    await expect(read(join(folder, 'absent'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
