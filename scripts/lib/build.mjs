import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { packageFolders, root } from './workspace.mjs';

/**
 * Compiles a solution, incrementally.
 * @param {string} [project] a tsconfig, relative to the root
 */
export function build(project = 'tsconfig.json') {
  removeOrphans();
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return run(process.execPath, [tsc, '--build', project]);
}

/** `tsc` leaves the output of a deleted source behind, and a package would ship it. */
function removeOrphans() {
  for (const folder of packageFolders()) {
    const dist = join(root, folder, 'dist');
    if (!existsSync(dist)) continue;
    for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
      const source = file.replace(/\.(d\.ts|js)(\.map)?$/, '.ts');
      if (source !== file && !existsSync(join(root, folder, 'src', source))) rmSync(join(dist, file));
    }
  }
}
