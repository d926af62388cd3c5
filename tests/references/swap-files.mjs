// Exchanges good files and what must not be loaded, as fast as it can, with pauses that let both be met.
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

const { project, outside, counts, GOOD, EVIL, GOOD_CJS } = workerData;
let { seed } = workerData;
const still = new Int32Array(new SharedArrayBuffer(4));
const spare = join(project, '.spare', 'one');

/** mulberry32 */
function random() {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

function put(name, make) {
  make(spare);
  renameSync(spare, join(project, name));
}

const exchanges = [
  {
    evil: () => put('file.js', (at) => symlinkSync(join(outside, 'file.js'), at)),
    good: () => put('file.js', (at) => writeFileSync(at, GOOD)),
  },
  {
    evil: () => {
      renameSync(join(project, 'lib'), join(project, '.spare', 'lib'));
      put('lib', (at) => symlinkSync(join(outside, 'lib'), at));
    },
    good: () => {
      renameSync(join(project, 'lib'), spare);
      renameSync(join(project, '.spare', 'lib'), join(project, 'lib'));
      rmSync(spare);
    },
  },
  {
    evil: () => put('old.cjs', (at) => symlinkSync(join(outside, 'old.cjs'), at)),
    good: () => put('old.cjs', (at) => writeFileSync(at, GOOD_CJS)),
  },
  {
    evil: () => put('bytes.js', (at) => writeFileSync(at, EVIL)),
    good: () => put('bytes.js', (at) => writeFileSync(at, GOOD)),
  },
  {
    evil: () => writeFileSync(join(project, 'place.js'), EVIL),
    good: () => writeFileSync(join(project, 'place.js'), GOOD),
  },
];

let swaps = 0;
parentPort.postMessage('ready');
while (Atomics.load(counts, 2) === 0) {
  for (const { evil } of exchanges) evil();
  pause(0.2);
  for (const { good } of exchanges) good();
  const [loaded, refused] = [Atomics.load(counts, 0), Atomics.load(counts, 1)];
  pause(loaded < refused ? 4 : 0.5);
  swaps += exchanges.length * 2;
}
parentPort.postMessage(swaps);

/** Up to twice as many milliseconds. */
function pause(ms) {
  Atomics.wait(still, 0, 0, random() * 2 * ms);
}
