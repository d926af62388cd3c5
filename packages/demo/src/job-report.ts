import type { JobReport, JobStep } from './job.js';
import { type Cell, table, wrap } from './layout.js';
import type { Screen } from './screen.js';
import type { ToolExplanations, ToolName } from './tools.js';
import { change, count, duration, megabytes, rate } from './units.js';

/** Who does each step; nobody is asked to parse the input. */
const WORKERS: Readonly<Record<JobStep, readonly ToolName[]>> = {
  read: ['reader'],
  parse: [],
  encode: ['serializer'],
  compress: ['compressor'],
  store: ['ids', 'cache'],
  fetch: ['cache'],
  decompress: ['compressor'],
  decode: ['serializer'],
  verify: ['digest'],
};

/** They hand over references, so a throughput would say nothing. */
const MOVES_NO_BYTES: readonly JobStep[] = ['store', 'fetch'];

/** What a job did, step by step: amount, time, throughput of the input, and who did it. */
export function reportJob(job: JobReport, explanations: ToolExplanations, screen: Screen): readonly string[] {
  const { inputBytes, timesMs } = job;
  const input = megabytes(inputBytes);
  const encoded = megabytes(job.encodedBytes);
  const compressed = megabytes(job.compressedBytes);
  const amounts: Readonly<Record<JobStep, string>> = {
    read: input,
    parse: `${count(job.places)} places`,
    encode: `${input} → ${encoded}`,
    compress: `${encoded} → ${compressed}`,
    store: `${count(job.blocks)} blocks`,
    fetch: `${count(job.blocks - job.missed)} of ${count(job.blocks)} blocks`,
    decompress: `${compressed} → ${encoded}`,
    decode: `${count(job.places)} places`,
    verify: `${count(inputBytes)} bytes`,
  };
  const rows = (Object.keys(WORKERS) as JobStep[]).map((step): readonly Cell[] => [
    step,
    amounts[step],
    { right: duration(timesMs[step]) },
    { right: MOVES_NO_BYTES.includes(step) ? '' : rate(inputBytes, timesMs[step]) },
    WORKERS[step].map((name) => explanations[name].winner?.provider ?? '').join(', '),
  ]);
  return [
    ...table(rows, screen.width),
    '',
    ...wrap(
      `Every byte came back as it was. ${explanations.digest.winner?.provider ?? ''} ${job.digest}`,
      screen.width,
      '  ',
    ).map(screen.good),
  ];
}

/** Two jobs side by side, and by how much they differ. */
export function compareJobs(
  names: readonly [before: string, after: string],
  [before, after]: readonly [JobReport, JobReport],
  screen: Screen,
): readonly string[] {
  const row = (
    name: string,
    of: (job: JobReport) => number,
    show: (value: number) => string,
  ): readonly Cell[] => [
    name,
    { right: show(of(before)) },
    { right: show(of(after)) },
    { right: change(of(before), of(after)) },
  ];
  const time = (step: JobStep): readonly Cell[] => row(step, ({ timesMs }) => timesMs[step], duration);
  return table(
    [
      ['', { right: names[0] }, { right: names[1] }, { right: 'change' }],
      row('encoded', ({ encodedBytes }) => encodedBytes, megabytes),
      row('compressed', ({ compressedBytes }) => compressedBytes, megabytes),
      ...(['encode', 'compress', 'decompress', 'decode'] as const).map(time),
      row('all steps', ({ timesMs }) => Object.values(timesMs).reduce((sum, ms) => sum + ms, 0), duration),
    ],
    screen.width,
  );
}
