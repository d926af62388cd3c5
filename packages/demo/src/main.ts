import { runDemo } from './demo.js';
import { HELP, readArguments } from './read-arguments.js';
import { createScreen } from './screen.js';
import { runService } from './service/run-service.js';
import { reportSums } from './service/sums-report.js';
import { stopSignal } from './service/stop-signal.js';
import { createStage } from './stage.js';
import { createProgress } from './terminal-progress.js';

const FAILED = 1;
const WRONG_USAGE = 2;

const { stdout, stderr } = process;
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  // Whoever read has seen enough: `npm start | head`.
  process.exit();
});
const print = (line: string): void => void stdout.write(`${line}\n`);
const tell = (line: string): void => void stderr.write(`${line}\n`);

/** Says what went wrong in the way, and ends with 1. */
async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    tell(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = FAILED;
  }
}

const asked = readArguments(process.argv.slice(2));
switch (asked.kind) {
  case 'help':
    print(HELP);
    break;
  case 'mistake':
    tell(`${asked.text}\n\n${HELP}`);
    process.exitCode = WRONG_USAGE;
    break;
  case 'run':
    await attempt(() =>
      runDemo({
        selection: asked.selection,
        stage: createStage(createScreen(stdout), print),
        progress: createProgress(stderr),
      }),
    );
    break;
  case 'serve':
    await attempt(async () => {
      const { name, jobs, isJson } = asked;
      const stage = isJson
        ? createStage(createScreen(stderr), tell)
        : createStage(createScreen(stdout), print);
      using stop = stopSignal();
      const sums = await runService({ name, jobs, stage, figures: stderr, stop: stop.signal });
      if (isJson) print(JSON.stringify(sums));
      else stage.print(...reportSums(sums, stage.screen));
      if (!sums.isFine) process.exitCode = FAILED;
    });
    break;
  default:
    asked satisfies never;
}
