import jestConfig from './jest.config.mjs';

/** The folder of packages/core whose sources are mutated, and whose tests have to notice. */
const area = process.env['ONEIRIC_MUTATION_AREA'] ?? 'concurrency';
/** The random and exhaustive tests take most of the time and are needed for few mutants: they come in a second pass. */
const pass = process.env['ONEIRIC_MUTATION_PASS'] ?? 'all';

const core = jestConfig.projects.find(({ displayName }) => displayName === 'core');
const reports = `reports/mutation/${area}`;
/** They run copies of the sources in processes of their own, or no sources at all. */
const blind = ['/boundaries/', '/naive/'];
const slow = ['/abort-at-every-step', '/depth', '/differential', '/memory', '/stress/'];

/** How mutation testing runs; start it with `npm run mutation`. What survives, and why it may: docs/mutation.md. */
export default {
  mutate: [`packages/core/src/${area}/**/*.ts`],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    config: {
      ...core,
      // Else the projects of jest.config.mjs would each run these tests once more.
      projects: [],
      testMatch: [`<rootDir>/test/${area}/**/*.test.ts`],
      testPathIgnorePatterns: ['/node_modules/', ...blind, ...(pass === 'quick' ? slow : [])],
    },
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  // Two cores: one for the tests, one for whoever else is at work.
  concurrency: 1,
  // Modules of the VM are never freed, so a runner that went on for ever would run out of memory.
  maxTestRunnerReuse: 40,
  timeoutMS: 5_000,
  // What a later pass need not do again: mutants that were killed stay killed while neither they nor the test changed.
  incremental: true,
  incrementalFile: `${reports}/incremental.json`,
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `${reports}/mutation.json` },
  htmlReporter: { fileName: `${reports}/mutation.html` },
  thresholds: { high: 95, low: 90, break: pass === 'all' ? 90 : null },
  ignorePatterns: ['/bench', '/tests', '/packages/cli', '/packages/demo', '**/dist', '**/.cache', '/reports'],
  cleanTempDir: 'always',
};
