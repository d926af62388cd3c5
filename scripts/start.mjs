// npm start [-- arguments of the demo]
import './lib/require-node.mjs';
import { join } from 'node:path';
import { handOver } from './lib/run.mjs';
import { runScript } from './lib/run-script.mjs';
import { root } from './lib/workspace.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  return handOver([join(root, 'packages/demo/dist/main.js'), ...process.argv.slice(2)]);
});
