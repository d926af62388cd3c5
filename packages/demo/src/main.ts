import { runDemo } from './demo.js';
import { HELP, readArguments } from './read-arguments.js';
import { createScreen } from './screen.js';
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

const asked = readArguments(process.argv.slice(2));
switch (asked.kind) {
  case 'help':
    print(HELP);
    break;
  case 'mistake':
    stderr.write(`${asked.text}\n\n${HELP}\n`);
    process.exitCode = WRONG_USAGE;
    break;
  case 'run':
    try {
      await runDemo({
        selection: asked.selection,
        stage: createStage(createScreen(stdout), print),
        progress: createProgress(stderr),
      });
    } catch (error) {
      stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = FAILED;
    }
    break;
  default:
    asked satisfies never;
}
