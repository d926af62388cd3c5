import { createHash } from 'node:crypto';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A cache in a folder of its own, which goes when it is closed. */
export async function createFolderCache() {
  const folder = await mkdtemp(join(tmpdir(), 'acme-cache-'));
  /** @param {string} name */
  const fileOf = (name) => join(folder, createHash('sha256').update(name).digest('hex'));
  return {
    /** @param {string} name */
    async get(name) {
      try {
        return JSON.parse(await readFile(fileOf(name), 'utf8'));
      } catch {
        return undefined;
      }
    },
    /**
     * @param {string} name
     * @param {unknown} value
     */
    async set(name, value) {
      await writeFile(fileOf(name), JSON.stringify(value));
    },
    async health() {
      await access(folder);
      return true;
    },
    async close() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
