import { writeSync } from 'node:fs';

import { CLI_ERRORS } from './cli-errors.js';
import { EXIT } from './exit-code.js';
import type { Host, Output } from './host.js';
import { StrayErrors } from './stray-errors.js';

export interface ProcessHost extends Host, AsyncDisposable {
  readonly strayErrors: StrayErrors;
}

/**
 * This process as a host. Only commands write to stdout from now on: what the project's own code prints while it
 * is loaded goes to stderr. A reader that goes away (`| head`) is no error. Where the process ends before the host
 * is disposed, that is said, and the exit code is that of a bad configuration.
 */
export function createProcessHost(): ProcessHost {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  stdout.on('error', endOnWriteError);
  stderr.on('error', () => undefined);
  const endedEarly = (): void => {
    process.exitCode = EXIT.usage;
    tell('ONEIRIC_CLI_ENDED', CLI_ERRORS.ONEIRIC_CLI_ENDED.message(null));
  };
  process.once('exit', endedEarly);
  return {
    stdout: outputOf(stdout, write),
    stderr: outputOf(stderr, stderr.write.bind(stderr)),
    env: process.env,
    cwd: process.cwd(),
    strayErrors: new StrayErrors(),
    onInterrupt(listener) {
      const signals = ['SIGINT', 'SIGTERM'] as const;
      const stop = (): void => {
        for (const signal of signals) process.off(signal, heard);
      };
      const heard = (): void => {
        stop();
        listener();
      };
      for (const signal of signals) process.on(signal, heard);
      return { [Symbol.dispose]: stop };
    },
    async [Symbol.asyncDispose]() {
      process.off('exit', endedEarly);
      await Promise.all([write, stderr.write.bind(stderr)].map(drained));
    },
  };
}

function outputOf(stream: NodeJS.WriteStream, write: (text: string) => boolean): Output {
  return {
    write: (text) => void write(text),
    isTTY: stream.isTTY,
    get columns() {
      return sizeOf(stream, 'columns');
    },
    get rows() {
      return sizeOf(stream, 'rows');
    },
    onResize(listener) {
      stream.on('resize', listener);
      return { [Symbol.dispose]: () => void stream.off('resize', listener) };
    },
    onUnread(listener) {
      const heard = ({ code }: NodeJS.ErrnoException): void => {
        if (code === 'EPIPE') listener();
      };
      stream.on('error', heard);
      return { [Symbol.dispose]: () => void stream.off('error', heard) };
    },
  };
}

function sizeOf(stream: NodeJS.WriteStream, side: 'columns' | 'rows'): number | undefined {
  return stream.isTTY && stream[side] > 0 ? stream[side] : undefined;
}

/** Data that cannot be written must not look like success; only a reader that has seen enough is fine. */
function endOnWriteError({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return;
  process.removeAllListeners('exit');
  tell('ONEIRIC_CLI_OUTPUT', CLI_ERRORS.ONEIRIC_CLI_OUTPUT.message({ reason: message }));
  process.exit(EXIT.failed);
}

/** Resolves when everything written before has left, or can no longer. */
function drained(write: (text: string, done: () => void) => boolean): Promise<void> {
  return new Promise((resolve) => {
    write('', () => {
      resolve();
    });
  });
}

/** Writes an error at once: the process is about to end. */
function tell(code: string, message: string): void {
  writeSync(process.stderr.fd, `error ${code}\n${message}\n`);
}
