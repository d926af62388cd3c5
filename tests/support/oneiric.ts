import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { cleanEnvironment } from './run.js';
import { root } from './workspace.js';

const BIN = join(root, 'packages', 'cli', 'bin', 'oneiric.js');

/** How a run of the built command line ended. */
export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  /** Default: that of the checkout. */
  readonly executable?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs the built `oneiric` with its streams kept apart; neither of them is a terminal. */
export function oneiric(
  args: readonly string[],
  { cwd, executable = BIN, env = {} }: CliOptions,
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [executable, ...args], {
      cwd,
      env: environmentWith(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** Who forces colour does not also forbid it: Node 24 remarks on having been told both. */
function environmentWith(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NO_COLOR, ...inherited } = cleanEnvironment();
  return { ...inherited, ...(env['FORCE_COLOR'] === undefined ? { NO_COLOR } : {}), ...env };
}
