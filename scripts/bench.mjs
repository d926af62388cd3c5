// npm run bench [-- arguments of the benchmark]
import './lib/require-node.mjs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { timed } from './lib/progress.mjs';
import { handOver } from './lib/run.mjs';
import { runScript } from './lib/run-script.mjs';
import { root } from './lib/workspace.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  const { code, output } = await timed('compile the benchmarks', () => build('bench/tsconfig.json'));
  if (code !== 0) throw new Error(`${output}\nThe benchmarks do not compile (output above).`);
  return handOver(['--expose-gc', join(root, 'bench/dist/main.js'), ...process.argv.slice(2)]);
});
