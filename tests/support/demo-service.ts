import { type ChildProcess, spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';

import { cleanEnvironment } from './run.js';
import { root } from './workspace.js';

/** What a service of the demo prints in the end, as far as it is looked at here. */
export interface DemoSums {
  readonly name: string;
  readonly jobs: { readonly done: number; readonly wrong: number; readonly failed: number };
  readonly calls: Readonly<
    Record<'begun' | 'answered' | 'refused' | 'withdrawn' | 'lost' | 'onClosed', number>
  >;
  readonly swaps: number;
  readonly instances: { readonly started: number; readonly closedOnce: number };
  readonly problems: readonly string[];
  readonly isFine: boolean;
}

export interface DemoEnded {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Undefined where it could not say it any more. */
  readonly sums: DemoSums | undefined;
  /** What it had to say to people. */
  readonly told: string;
}

export interface DemoOptions {
  /** The folder of its socket. */
  readonly runtime: string;
  readonly name: string;
  readonly jobs: number;
}

/** A service of the built demo, at work in a process of its own. */
export class DemoService implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<DemoEnded>;

  private constructor(child: ChildProcess, ended: Promise<DemoEnded>) {
    this.#child = child;
    this.#ended = ended;
  }

  /** Resolves when it works and can be attached to. */
  static async start({ runtime, name, jobs }: DemoOptions): Promise<DemoService> {
    const main = join(root, 'packages/demo/dist/main.js');
    const child = spawn(
      process.execPath,
      [main, '--serve', '--name', name, '--jobs', String(jobs), '--json'],
      {
        cwd: join(root, 'packages/demo'),
        env: { ...cleanEnvironment(), ONEIRIC_RUNTIME_DIR: runtime },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let printed = '';
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    const ended = new Promise<DemoEnded>((resolve, reject) => {
      child.on('error', reject).on('close', (code, signal) => {
        resolve({ code, signal, sums: printed === '' ? undefined : (JSON.parse(printed) as DemoSums), told });
      });
    });
    const isOpen = new Promise<true>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        told += text;
        if (told.includes('Look inside')) resolve(true);
      });
    });
    if ((await Promise.race([isOpen, ended])) !== true) throw new Error(`The demo did not serve:\n${told}`);
    const service = new DemoService(child, ended);
    // It takes all that it gets of the processor; who looks inside comes first.
    setPriority(service.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    return service;
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('The demo was never started.');
    return pid;
  }

  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<DemoEnded> {
    this.#child.kill(signal);
    return this.#ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
  }
}
