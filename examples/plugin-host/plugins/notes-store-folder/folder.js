import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @returns {{ read(name: string): Promise<string>, write(name: string, text: string): Promise<void> }} */
export function createStore() {
  const folder = 'notes';
  return {
    read: (name) => readFile(join(folder, `${name}.md`), 'utf8'),
    write: async (name, text) => {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.md`), text);
    },
  };
}
