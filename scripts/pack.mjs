// npm run pack [-- folder]   packs what is published, as the registry will have it; the default folder is tarballs
import './lib/require-node.mjs';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from './lib/run.mjs';
import { runScript } from './lib/run-script.mjs';
import { publicPackageFolders, readManifest, root } from './lib/workspace.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  const destination = resolve(process.argv[2] ?? join(root, 'tarballs'));
  mkdirSync(destination, { recursive: true });
  /** @type {string[]} */
  const tarballs = [];
  for (const folder of publicPackageFolders()) tarballs.push(await pack(folder, destination));
  console.log(`Install them in a project of yours:\n\nnpm install ${tarballs.join(' ')}`);
  return 0;
});

/**
 * pnpm and not npm: it replaces `workspace:*` by the version.
 * @param {string} folder
 * @param {string} destination
 */
async function pack(folder, destination) {
  const pnpm = readManifest('.').packageManager;
  const { code, output } = await run('npx', ['--yes', pnpm, 'pack', '--pack-destination', destination], {
    cwd: join(root, folder),
    env: { npm_config_prefer_offline: 'true' },
  });
  const { name, version } = readManifest(folder);
  if (code !== 0) throw new Error(`${output}\n${name} could not be packed (output above).`);
  return join(destination, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);
}
