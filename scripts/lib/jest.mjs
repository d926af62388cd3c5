import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';
import { root } from './workspace.mjs';

/** A run that hangs is a failure and not a wait. */
const TIMEOUT_MS = 20 * 60_000;

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 */

/**
 * Runs jest and counts the tests. A file that does not even load counts as one failure.
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} [options]
 * @returns {Promise<Counts & { output: string }>}
 */
export async function runJest(args, options) {
  const folder = mkdtempSync(join(tmpdir(), 'oneiric-jest-'));
  const report = join(folder, 'report.json');
  try {
    // Flags and not NODE_OPTIONS: jest's workers inherit them, the programs that a test starts do not.
    const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const { code, output } = await run(
      process.execPath,
      [...node, jest, '--json', `--outputFile=${report}`, ...args],
      { timeoutMs: TIMEOUT_MS, ...options },
    );
    return { ...countTests(report, code), output: options?.live ? '' : output };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} report
 * @param {number} code
 * @returns {Counts}
 */
function countTests(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const result =
    /** @type {{ numPassedTests: number, numFailedTests: number, numRuntimeErrorTestSuites: number }} */ (
      JSON.parse(readFileSync(report, 'utf8'))
    );
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return { passed: result.numPassedTests, failed: code !== 0 ? Math.max(failed, 1) : failed };
}
