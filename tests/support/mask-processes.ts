import type { CliResult } from './oneiric.js';

/** The first pid that is shown; others follow it. */
const FIRST = 4711;

/**
 * What a command printed, with everything that differs from run to run in the place of what it was: the pid of the
 * first process is 4711, how long a process has been there is `1 s`, every time that of one and the same day, and the
 * version of Node 20.20.2. Columns stay as they are.
 */
export function maskProcesses(result: CliResult, pids: readonly number[]): CliResult {
  return { ...result, stdout: mask(result.stdout, pids), stderr: mask(result.stderr, pids) };
}

function mask(text: string, pids: readonly number[]): string {
  let masked = text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-01-31T12:00:00.000Z')
    .replaceAll(/"node": "[\d.]+"/g, '"node": "20.20.2"');
  if (/^PID +NAME +SINCE/m.test(masked)) {
    masked = masked
      .replace(/^PID +/m, 'PID   ')
      .replace(/SINCE +/, 'SINCE  ')
      .replaceAll(/^(\d+) +(\S+ +)[\d.]+ (?:ms|s|min) +/gm, '$1  $21 s    ');
  }
  for (const [index, pid] of pids.entries())
    masked = masked.replaceAll(new RegExp(String.raw`\b${String(pid)}\b`, 'g'), String(FIRST + index));
  return masked;
}
