import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { cleanEnvironment } from './run.js';
import { root } from './workspace.js';

const PATIENCE_MS = 20_000;
/** Everything takes no time at all, so that what is printed is the same every time. Timers go on as ever. */
const STILL_CLOCK = 'performance.now = () => 1000;';

export interface ProgramOptions {
  /** Where the program stands; its modules find `@oneiric/core` there. */
  readonly cwd: string;
  /** Where its socket is made. */
  readonly runtimeDir: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether no time goes by for it. Default: false. */
  readonly isStill?: boolean;
}

/** A program that lets itself be attached to, and is running. It is killed when this is disposed. */
export class RunningProgram implements Disposable {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts a module, and resolves when it can be attached to. */
  static async start(file: string, options: ProgramOptions): Promise<RunningProgram> {
    const { cwd, runtimeDir, env = {}, isStill = false } = options;
    linkCore(cwd);
    const preload = join(cwd, 'node_modules', 'still-clock.mjs');
    if (isStill) writeFileSync(preload, STILL_CLOCK);
    const child = spawn(process.execPath, [...(isStill ? ['--import', preload] : []), file], {
      cwd,
      env: { ...cleanEnvironment(), ONEIRIC_RUNTIME_DIR: runtimeDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
    const program = new RunningProgram(child);
    for (let waited = 0; !existsSync(program.socketIn(runtimeDir)); waited += 20) {
      if (child.exitCode !== null || waited > PATIENCE_MS) {
        child.kill('SIGKILL');
        throw new Error(`${file} cannot be attached to:\n${told}`);
      }
      await setTimeout(20);
    }
    return program;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  socketIn(runtimeDir: string): string {
    return join(runtimeDir, `${String(this.pid)}.sock`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL');
  }
}

function linkCore(cwd: string): void {
  const scope = join(cwd, 'node_modules', '@oneiric');
  mkdirSync(scope, { recursive: true });
  if (!existsSync(join(scope, 'core'))) symlinkSync(join(root, 'packages', 'core'), join(scope, 'core'));
}
