import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import type { Answer, Assignment } from './messages.js';

const CHILD = fileURLToPath(new URL('../child.js', import.meta.url));

/** Runs an assignment in a fresh process and resolves with its answer; rejects where the process fails. */
export function runChild(assignment: Assignment, flags: readonly string[] = []): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [JSON.stringify(assignment)], {
      execArgv: ['--expose-gc', ...flags],
      serialization: 'advanced',
    });
    let answer: Answer | undefined;
    child.on('message', (message) => {
      answer = message as Answer;
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (answer !== undefined && code === 0) resolve(answer);
      else reject(new Error(`${assignment.group} ended with ${signal ?? `exit code ${String(code)}`}.`));
    });
  });
}
