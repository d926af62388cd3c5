import './lib/require-node.mjs';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { timed } from './lib/progress.mjs';

/** Makes a fresh clone runnable: installs and compiles whatever is not installed and compiled yet. */
export async function setup() {
  await install();
  const { code, output } = await timed('compile', () => build());
  if (code !== 0) {
    console.error(output);
    throw new Error('The sources do not compile (output above).');
  }
}
