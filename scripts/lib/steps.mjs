import { seconds } from './progress.mjs';

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {() => Promise<StepResult>} work
 *
 * @typedef {import('./jest.mjs').Counts & { output: string }} StepResult
 *
 * @typedef {StepResult & { title: string, elapsedMs: number }} FinishedStep
 */

/**
 * A check that is no test suite: it counts as one.
 * @param {Promise<{ code: number, output: string }>} running
 * @returns {Promise<StepResult>}
 */
export async function asOne(running) {
  const { code, output } = await running;
  return code === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
}

/**
 * Runs steps, at most `width` at a time, and reports each as it ends. A failure stops nothing.
 * @param {readonly Step[]} steps
 * @param {number} width
 * @returns {Promise<FinishedStep[]>} in the order of `steps`
 */
export async function runSteps(steps, width) {
  /** @type {FinishedStep[]} */
  const finished = [];
  const waiting = [...steps.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, step] = next;
      finished[index] = await runStep(step);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return finished;
}

/**
 * @param {Step} step
 * @returns {Promise<FinishedStep>}
 */
async function runStep({ title, work }) {
  const start = performance.now();
  const result = await work().catch(
    /** @type {(error: unknown) => StepResult} */
    (error) => ({
      passed: 0,
      failed: 1,
      output: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
  const elapsedMs = performance.now() - start;
  const finished = { title, elapsedMs, ...result };
  if (result.failed > 0 && result.output !== '')
    console.log(`\n--- ${title}\n${result.output.trimEnd()}\n---\n`);
  console.log(line(finished));
  return finished;
}

/**
 * Prints the summary and returns the exit code.
 * @param {readonly FinishedStep[]} steps
 * @param {number} startedAt as of `performance.now()`
 */
export function summarize(steps, startedAt) {
  const passed = steps.reduce((sum, step) => sum + step.passed, 0);
  const failed = steps.reduce((sum, step) => sum + step.failed, 0);
  console.log(`\nSummary, ${seconds(performance.now() - startedAt)}`);
  for (const step of steps) console.log(line(step));
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** @param {FinishedStep} step */
function line({ title, elapsedMs, passed, failed }) {
  const verdict = failed === 0 ? 'ok    ' : 'FAILED';
  const counts = passed + failed === 1 ? '' : `${passed} passed, ${failed} failed`;
  return `${verdict}  ${title.padEnd(28)} ${seconds(elapsedMs).padStart(8)}   ${counts}`.trimEnd();
}
