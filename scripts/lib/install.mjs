import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { timed } from './progress.mjs';
import { run } from './run.mjs';
import { packageFolders, readManifest, root } from './workspace.mjs';

const stampFile = join(root, 'node_modules', '.oneiric-installed');

/** Installs what the lockfile says, unless that is what is installed. Needs npm's `npx`, nothing else. */
export async function install() {
  const stamp = stampOfInputs();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  const pnpm = readManifest('.').packageManager;
  const { code, output } = await timed(`install dependencies with ${pnpm}`, () =>
    run(
      'npx',
      ['--yes', pnpm, 'install', '--frozen-lockfile', '--prod=false', '--config.confirmModulesPurge=false'],
      {
        env: { npm_config_prefer_offline: 'true' },
      },
    ),
  );
  if (code !== 0) {
    console.error(output);
    throw new Error(
      `The dependencies could not be installed (exit code ${code}, output above). ` +
        `If a package.json changed, update the lockfile with: npx ${pnpm} install --no-frozen-lockfile`,
    );
  }
  writeFileSync(stampFile, stamp);
}

function stampOfInputs() {
  const manifests = ['.', ...packageFolders()].map((folder) => `${folder}/package.json`);
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    hash
      .update(`${file}\n`)
      .update(readFileSync(join(root, file)))
      .update('\n');
  }
  const nodeMajor = process.versions.node.split('.')[0];
  return `${hash.digest('hex')} node ${nodeMajor} ${process.platform} ${process.arch}\n`;
}
