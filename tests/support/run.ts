import { spawn } from 'node:child_process';

export interface Finished {
  readonly code: number | null;
  /** stdout and stderr in the order of arrival */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Of npm only its errors, and what it has downloaded once. */
const QUIET_NPM = { npm_config_loglevel: 'error', npm_config_prefer_offline: 'true' };

/** Runs a command as a stranger's shell would: without stdin, colours, and what npm, jest and these tests have in the environment. */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: RunOptions,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...cleanEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, output });
    });
  });
}

/** Runs a command that has to succeed, and returns what it printed. */
export async function runWell(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code !== 0)
    throw new Error(
      `${command} ${args.join(' ')} in ${options.cwd} ended with ${code ?? 'a signal'}:\n${output}`,
    );
  return output;
}

export function cleanEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_package_|npm_lifecycle_|npm_config_(local_)?prefix$|INIT_CWD$|JEST_|ONEIRIC_|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$)/.test(
        name,
      ),
  );
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...QUIET_NPM };
}
