/** Random and exhaustive tests: a wrong change is mostly found by the others, in a fraction of their time. */
const slow = [/abort-at-every-step/, /differential/, /stress/, /memory/];

/** @param {{ readonly path: string }} test */
const slowness = ({ path }) => slow.findIndex((pattern) => pattern.test(path));

/** The order in which jest runs test files where the first failure ends the run. */
export default class QuickTestsFirst {
  /**
   * @template {{ readonly path: string }} T
   * @param {readonly T[]} tests
   */
  sort(tests) {
    return tests.toSorted((a, b) => slowness(a) - slowness(b) || a.path.localeCompare(b.path));
  }

  /** @template T @param {readonly T[]} tests */
  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
