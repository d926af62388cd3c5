// npm run soak   the long forms of the random tests: those that read ONEIRIC_SOAK_MS, the time each may take
import './lib/require-node.mjs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runJest } from './lib/jest.mjs';
import { runScript } from './lib/run-script.mjs';
import { runSteps, summarize } from './lib/steps.mjs';
import { root } from './lib/workspace.mjs';
import { setup } from './setup.mjs';

const DEFAULT_MS = '60000';

await runScript(async () => {
  const startedAt = performance.now();
  await setup();
  const files = ['packages', 'tests'].flatMap(longFormsIn);
  const env = { ONEIRIC_SOAK_MS: process.env['ONEIRIC_SOAK_MS'] ?? DEFAULT_MS };
  const soak = { title: 'soak', work: () => runJest(['--findRelatedTests', ...files], { live: true, env }) };
  return summarize(await runSteps([soak], 1), startedAt);
});

/**
 * Tests, and helpers of tests; jest finds the tests that use them.
 * @param {string} folder
 */
function longFormsIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => join(root, folder, file))
    .filter((file) => readFileSync(file, 'utf8').includes('ONEIRIC_SOAK_MS'));
}
