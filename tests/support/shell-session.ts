import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** What a shell sends to the terminal beside text. */
// eslint-disable-next-line no-control-regex -- those are what is left out
const CONTROL = /\u001b\[[0-9;?]*[A-Za-z]|[\u0007\r]/g;
const PATIENCE_MS = 15_000;
const CLEAR_LINE = '\u0015';

/** A shell on a terminal of its own, at which somebody types. */
export class ShellSession implements Disposable {
  readonly #child: ChildProcessWithoutNullStreams;
  #shown = '';

  constructor(command: string, options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
    this.#child = spawn('script', ['-qfec', `stty cols 400 && exec ${command}`, '/dev/null'], options);
    this.#child.stdout.setEncoding('utf8').on('data', (chunk: string) => (this.#shown += chunk));
  }

  /** Types and waits until the line on the terminal has become this one. */
  async becomes(keys: string, line: string): Promise<void> {
    this.#shown = '';
    this.#child.stdin.write(keys);
    for (let waited = 0; !this.#text().includes(line); waited += 20) {
      if (waited > PATIENCE_MS)
        throw new Error(`${JSON.stringify(keys)} became ${JSON.stringify(this.#text())}, not ${line}`);
      await setTimeout(20);
    }
    this.#child.stdin.write(CLEAR_LINE);
  }

  [Symbol.dispose](): void {
    this.#child.kill();
  }

  #text(): string {
    return this.#shown.replaceAll(CONTROL, '');
  }
}
