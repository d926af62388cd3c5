// Imported first by every script. Kept to syntax that old releases parse, so that they can say what is wrong.
import { readFileSync } from 'node:fs';

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const { engines } = /** @type {{ engines: { node: string } }} */ (JSON.parse(manifest));
const [wantedMajor = 0, wantedMinor = 0] = engines.node.replace('>=', '').split('.').map(Number);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  console.error(
    `Oneiric needs Node ${wantedMajor}.${wantedMinor} or newer; this is Node ${process.versions.node}.`,
  );
  console.error('Install a newer one (https://nodejs.org/en/download) and run the same command again.');
  process.exit(1);
}
