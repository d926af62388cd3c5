// npm run mutation                              every area, one after the other; takes long
// npm run mutation -- concurrency               one area
// npm run mutation -- concurrency lock-order.ts some files of it; `lock-order.ts:20-40` for some lines
// npm run mutation -- concurrency --sample=8    every eighth line of it
import './lib/require-node.mjs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './lib/install.mjs';
import { handOver } from './lib/run.mjs';
import { runScript } from './lib/run-script.mjs';
import { root } from './lib/workspace.mjs';

/** The folders of packages/core/src whose tests are strong enough to be tested themselves: docs/mutation.md. */
const areas = ['concurrency', 'decision'];

await runScript(async () => {
  const [area, ...rest] = process.argv.slice(2);
  if (area !== undefined && !areas.includes(area)) {
    throw new Error(`"${area}" is not mutation-tested; choose one of: ${areas.join(', ')}.`);
  }
  const every = Number(/^--sample=(\d+)$/.exec(rest[0] ?? '')?.[1] ?? 0);
  await install();
  const codes = [];
  for (const each of area === undefined ? areas : [area]) {
    const parts = every > 0 ? sampleOf(each, every) : rest;
    codes.push((await mutate(each, parts, 'quick')) || (await mutate(each, parts, 'all')));
  }
  return Math.max(...codes);
});

/**
 * Every so-manieth line of an area, counted through all its files: for a machine on which the whole takes too long.
 *
 * @param {string} area
 * @param {number} every
 */
function sampleOf(area, every) {
  const folder = join(root, 'packages/core/src', area);
  const lines = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .map((_, index) => `${file}:${String(index + 1)}-${String(index + 1)}`),
    );
  return lines.filter((_, index) => index % every === every - 1);
}

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
