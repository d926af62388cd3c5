// Writes a status file again and again until it is killed, and says so on a line after each write: the file's path and
// that of the module that writes it are its arguments.
import { writeSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const [file = '', module = ''] = process.argv.slice(2);
/** @type {{ writeStatusFile: (path: string, content: object) => Promise<void> }} */
const { writeStatusFile } = await import(pathToFileURL(module).href);

for (let round = 1; ; round++) {
  await writeStatusFile(file, status(round));
  writeSync(1, `${String(round)}\n`);
}

/**
 * Large enough that it takes several writes to the disk; every component says which round it is of.
 * @param {number} round
 */
function status(round) {
  const components = Array.from({ length: 4000 }, (_, number) => ({
    domain: 'adapter',
    key: `key-${String(number)}`,
    state: 'ready',
    health: 'healthy',
    running: { provider: 'redis', version: `${String(round)}.0.0` },
    standing: { winner: null, reason: 'nothing-wins' },
    lastGood: null,
    failure: [],
    attempts: round,
    durations: {},
    dependencies: [],
  }));
  return { schemaVersion: 1, savedAt: '2026-01-31T12:00:00.000Z', components };
}
