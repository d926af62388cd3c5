// Loads references many times while a thread exchanges what they lead to, and prints what came of it.
// `naive` in the place of a number of rounds: as somebody would who checks the path and then imports it, until that fails.
import console from 'node:console';
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { pathToFileURL, URL } from 'node:url';
import { Worker } from 'node:worker_threads';

import { ReferenceLoader } from '@oneiric/core';

const [folder, rounds, seed] = process.argv.slice(2);
const project = join(folder, 'project');
const outside = join(folder, 'outside');
const GOOD = 'globalThis.own = (globalThis.own ?? 0) + 1; export const create = "good";';
const EVIL = 'globalThis.foreign = (globalThis.foreign ?? 0) + 1; export const create = "evil";';
const GOOD_CJS = 'globalThis.own = (globalThis.own ?? 0) + 1; exports.create = "good";';
const EVIL_CJS = 'globalThis.foreign = (globalThis.foreign ?? 0) + 1; exports.create = "evil";';
const digest = `sha256-${createHash('sha256').update(GOOD).digest('base64url')}`;

for (const path of ['lib', '.spare']) mkdirSync(join(project, path), { recursive: true });
mkdirSync(join(outside, 'lib'), { recursive: true });
writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
writeFileSync(join(outside, 'package.json'), '{ "type": "module" }');
for (const name of ['file.js', 'lib/entry.js']) writeFileSync(join(outside, name), EVIL);
writeFileSync(join(outside, 'old.cjs'), EVIL_CJS);
writeFileSync(join(project, 'lib/entry.js'), GOOD);
for (const name of ['file.js', 'bytes.js', 'place.js']) writeFileSync(join(project, name), GOOD);
writeFileSync(join(project, 'old.cjs'), GOOD_CJS);

/** What is exchanged, and how the good one is known. */
const kinds = [
  { name: 'a file and a link', reference: './file.js#create' },
  { name: 'a folder and a link', reference: './lib/entry.js#create' },
  { name: 'CommonJS and a link', reference: './old.cjs#create' },
  { name: 'a file and another', reference: './bytes.js#create', digest },
  { name: 'the bytes of a file', reference: './place.js#create', digest },
];

// [loaded, refused, ended]: the thread leaves the good one longer where too little is loaded.
const counts = new Int32Array(new SharedArrayBuffer(12));
const swapper = new Worker(new URL('swap-files.mjs', import.meta.url), {
  workerData: { project, outside, seed: Number(seed), counts, GOOD, EVIL, GOOD_CJS },
});
await new Promise((resolve) => swapper.once('message', resolve));

const loader = rounds === 'naive' ? { load: loadNaively } : new ReferenceLoader({ projectDir: project });
const codes = {};
const loaded = Object.fromEntries(kinds.map(({ name }) => [name, 0]));
const wrong = [];
const began = performance.now();
const last = rounds === 'naive' ? 5000 : Number(rounds);
for (let round = 1; round <= last && globalThis.foreign === undefined; round += 1) {
  const { name, reference, digest } = kinds[round % kinds.length];
  const options = { generation: round, ...(digest === undefined ? {} : { digest }) };
  try {
    const { value } = await loader.load(reference, options);
    if (value !== 'good') wrong.push(`${reference}: ${value}`);
    loaded[name] += 1;
    Atomics.add(counts, 0, 1);
  } catch (error) {
    const { code = error.message } = error;
    codes[code] = (codes[code] ?? 0) + 1;
    Atomics.add(counts, 1, 1);
  }
}
const durationMs = performance.now() - began;
Atomics.store(counts, 2, 1);
const swaps = await new Promise((resolve) => swapper.once('message', resolve));
const { own = 0, foreign = 0 } = globalThis;
console.log(
  JSON.stringify({ loaded, codes, wrong, own, foreign, swaps, durationMs: Math.round(durationMs) }),
);

async function loadNaively(reference, { generation }) {
  const file = join(project, reference.split('#')[0]);
  if (!realpathSync(file).startsWith(project)) throw new Error('ESCAPES');
  const { create } = await import(`${pathToFileURL(file).href}?${generation}`);
  return { value: create };
}
