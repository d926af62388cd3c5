import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { systemClock } from '../foundation/clock.js';
import type { ContractRuleId } from './contract-rules.js';
import type { ProbeMessage, ProbeRequest } from './probe-messages.js';

const PROBE = fileURLToPath(new URL('./probe.js', import.meta.url));
const REPORT_FD = 3;
/** Between two messages several time limits may pass one after the other. */
const PATIENCE_LIMITS = 4;
const PATIENCE_MS = 2000;
/** What preloads something, or reports to a test runner. */
const KEPT_BACK = new Set(['NODE_OPTIONS', 'NODE_TEST_CONTEXT']);
const KEPT_CHARACTERS = 4096;

/** How a trial of a plugin went. */
export interface ProbeOutcome {
  readonly messages: readonly ProbeMessage[];
  /** What anybody wrote to stdout; at most some kilobytes. */
  readonly stdout: string;
  readonly stderr: string;
  /** The rule that it was looking at when the process ended or had to be ended, and how; null where it came to its end. */
  readonly stopped: { readonly at: ContractRuleId | null; readonly how: string } | null;
}

/**
 * Tries a plugin in a process of its own: whatever it does there, it does to nobody else, and what it leaves running can
 * be counted.
 */
export async function runProbe(request: ProbeRequest): Promise<ProbeOutcome> {
  const child = spawn(process.execPath, [PROBE, JSON.stringify(request)], {
    cwd: request.projectDir,
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !KEPT_BACK.has(name))),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const stdout = keptFrom(child.stdout);
  const stderr = keptFrom(child.stderr);
  const patienceMs = PATIENCE_MS + PATIENCE_LIMITS * request.timeoutMs;
  const messages: ProbeMessage[] = [];
  const end = (): void => {
    child.kill('SIGKILL');
  };
  let timer = systemClock.after(patienceMs, end);
  const exited = new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(code === null ? String(signal) : `exit code ${code}`);
    });
  });
  const lines = createInterface({ input: child.stdio[REPORT_FD] as Readable });
  lines.on('line', (line) => {
    messages.push(JSON.parse(line) as ProbeMessage);
    timer[Symbol.dispose]();
    timer = systemClock.after(patienceMs, end);
  });
  try {
    const how = await exited;
    const isDone = messages.at(-1)?.kind === 'done';
    const told = child.killed
      ? `nothing for ${patienceMs} ms: an endless loop`
      : `that the process ended (${how})`;
    const stopped = isDone ? null : { at: lastJudged(messages), how: told };
    return { messages, stdout: stdout(), stderr: stderr(), stopped };
  } finally {
    timer[Symbol.dispose]();
    lines.close();
  }
}

function lastJudged(messages: readonly ProbeMessage[]): ContractRuleId | null {
  return messages.findLast((message) => message.kind === 'judging')?.rule ?? null;
}

/** The beginning of what a stream brings. */
function keptFrom(stream: Readable | null): () => string {
  let kept = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    kept = (kept + text).slice(0, KEPT_CHARACTERS);
  });
  return () => kept;
}
