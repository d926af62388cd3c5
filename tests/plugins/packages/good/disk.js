import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A cache in a folder of its own, which is removed when it is closed. */
export async function create() {
  const folder = await mkdtemp(join(tmpdir(), 'acme-cache-'));
  const fileOf = (name) => join(folder, createHash('sha256').update(name).digest('hex'));
  return {
    async get(name) {
      try {
        return JSON.parse(await readFile(fileOf(name), 'utf8'));
      } catch {
        return undefined;
      }
    },
    async set(name, value) {
      await writeFile(fileOf(name), JSON.stringify(value));
    },
    async close() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
