import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PLACES } from './places.js';

/** A file of 2,500 places, two blocks of the job; it goes when it is disposed. */
export async function placesFile(): Promise<{ readonly file: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'oneiric-demo-'));
  const places = Array.from({ length: 2500 }, (_, index) => ({
    ...PLACES[index % PLACES.length],
    index: `${index}`,
  }));
  const file = join(folder, 'places.json');
  await writeFile(file, `${JSON.stringify(places)}\n`);
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
