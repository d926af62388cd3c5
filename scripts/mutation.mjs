// npm run mutation                              every area, one after the other; takes long
// npm run mutation -- concurrency               one area
// npm run mutation -- concurrency lock-order.ts some files of it; `lock-order.ts:20-40` for some lines
import './lib/require-node.mjs';
import { join } from 'node:path';
import { install } from './lib/install.mjs';
import { handOver } from './lib/run.mjs';
import { runScript } from './lib/run-script.mjs';
import { root } from './lib/workspace.mjs';

/** The folders of packages/core/src whose tests are strong enough to be tested themselves: docs/mutation.md. */
const areas = ['concurrency', 'decision'];

await runScript(async () => {
  const [area, ...files] = process.argv.slice(2);
  if (area !== undefined && !areas.includes(area)) {
    throw new Error(`"${area}" is not mutation-tested; choose one of: ${areas.join(', ')}.`);
  }
  await install();
  const codes = [];
  for (const each of area === undefined ? areas : [area]) {
    codes.push((await mutate(each, files, 'quick')) || (await mutate(each, files, 'all')));
  }
  return Math.max(...codes);
});

/**
 * @param {string} area
 * @param {readonly string[]} files
 * @param {'quick' | 'all'} pass
 */
function mutate(area, files, pass) {
  const paths = files.map((file) => `packages/core/src/${area}/${file}`);
  const only = paths.length === 0 ? [] : ['--mutate', paths.join(',')];
  return handOver(
    [join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', 'stryker.conf.mjs', ...only],
    // The same random inputs for every mutant, so that two runs tell the same.
    { ONEIRIC_MUTATION_AREA: area, ONEIRIC_MUTATION_PASS: pass, ONEIRIC_SEED: '1' },
  );
}
