import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { cleanEnvironment } from './run.js';
import { TerminalScreen } from './terminal-screen.js';
import { root } from './workspace.js';

const BIN = join(root, 'packages', 'cli', 'bin', 'oneiric.js');
const PATIENCE_MS = 60_000;

export interface TerminalOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly columns: number;
  readonly rows: number;
}

/** The built `oneiric` on a terminal of its own, at which somebody types. */
export class TerminalSession implements Disposable {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #screen: TerminalScreen;
  readonly #exit: Promise<number | null>;

  constructor(args: readonly string[], { cwd, env, columns, rows }: TerminalOptions) {
    const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
    const command = `stty cols ${String(columns)} rows ${String(rows)} && exec ${words}`;
    this.#screen = new TerminalScreen(columns, rows);
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd,
      env: { ...cleanEnvironment(), TERM: 'xterm', ...env },
    });
    this.#child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.#screen.write(chunk);
    });
    this.#exit = new Promise((resolve) => this.#child.on('close', resolve));
  }

  type(keys: string): void {
    this.#child.stdin.write(keys);
  }

  /** Resolves when these words stand on the screen, however they are broken into lines. */
  async shows(words: string): Promise<void> {
    for (let waited = 0; !this.words().includes(words); waited += 20) {
      if (waited > PATIENCE_MS || this.#child.exitCode !== null)
        throw new Error(`the terminal does not show ${JSON.stringify(words)}:\n${this.lines().join('\n')}`);
      await setTimeout(20);
    }
  }

  /** The exit code. */
  ended(): Promise<number | null> {
    return this.#exit;
  }

  /** What stands on the screen, without the empty lines at its end. */
  lines(): readonly string[] {
    return this.#screen.lines();
  }

  /** The same in one line, with single spaces. */
  words(): string {
    return this.lines().join(' ').replaceAll(/\s+/g, ' ');
  }

  isCursorVisible(): boolean {
    return this.#screen.isCursorVisible;
  }

  [Symbol.dispose](): void {
    this.#child.kill();
  }
}
