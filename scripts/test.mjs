// npm test                    everything
// npm test -- <jest arguments>  only jest, for example: npm test -- packages/core/test/foundation
import './lib/require-node.mjs';
import { join } from 'node:path';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { runJest } from './lib/jest.mjs';
import { timed } from './lib/progress.mjs';
import { runScript } from './lib/run-script.mjs';
import { run } from './lib/run.mjs';
import { asOne, runSteps, summarize } from './lib/steps.mjs';
import { root } from './lib/workspace.mjs';

/**
 * @param {string} path of the tool's own program below node_modules
 * @param {readonly string[]} args
 */
const tool = (path, ...args) => asOne(run(process.execPath, [join(root, 'node_modules', path), ...args]));

/** Left to itself jest keeps one core free, which of two is half. */
const allCores = ['--maxWorkers=100%'];

/** Suites that see the packages from the outside, each a step of its own. */
const outside = ['tarballs', 'examples'];

/** @param {string} project */
const suite = (project) => runJest(['--selectProjects', project]);

/** @type {import('./lib/steps.mjs').Step[]} */
const sources = [
  { title: 'format', work: () => tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.') },
  { title: 'types', work: () => asOne(build('tsconfig.check.json')) },
];

/** @type {import('./lib/steps.mjs').Step[]} */
const checks = [
  { title: 'lint', work: () => tool('eslint/bin/eslint.js', '--max-warnings=0', '.') },
  {
    title: 'layers',
    work: () => tool('dependency-cruiser/bin/dependency-cruise.mjs', 'packages', 'tests', 'bench'),
  },
  { title: 'dead code', work: () => tool('knip/bin/knip.js') },
  {
    title: 'API report',
    work: () => asOne(run(process.execPath, [join(root, 'scripts/api.mjs'), '--check'])),
  },
];

/** @type {import('./lib/steps.mjs').Step[]} */
const tests = [
  {
    title: 'unit, property, golden',
    work: () => runJest([...allCores, '--ignoreProjects', ...outside], { live: true }),
  },
];

/** @type {import('./lib/steps.mjs').Step[]} */
const fromOutside = [
  { title: 'packed tarballs', work: () => suite('tarballs') },
  { title: 'README examples', work: () => suite('examples') },
];

await runScript(async () => {
  const startedAt = performance.now();
  const jestArgs = process.argv.slice(2);
  await install();

  if (jestArgs.length > 0) {
    const built = await timed('compile', () => build());
    // Most tests run on the sources, so a compile error elsewhere must not stand in the way of one of them.
    if (built.code !== 0)
      console.error(`${built.output}\nThe sources do not compile; running the tests all the same.\n`);
    return summarize(
      await runSteps([{ title: 'jest', work: () => runJest([...allCores, ...jestArgs], { live: true }) }], 1),
      startedAt,
    );
  }

  // Two cores: the static checks pair up, jest uses both by itself. The lint rules read what the types step built.
  const finished = [
    ...(await runSteps(sources, 2)),
    ...(await runSteps(checks, 2)),
    ...(await runSteps(tests, 1)),
    ...(await runSteps(fromOutside, 2)),
  ];
  return summarize(finished, startedAt);
});
