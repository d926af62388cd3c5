import './lib/require-node.mjs';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';

/** Makes a fresh clone runnable: installs and compiles whatever is not installed and compiled yet. */
export async function setup() {
  await install();
  const { code, output } = await build();
  if (code !== 0) {
    console.error(output);
    throw new Error('The sources do not compile (output above).');
  }
}
