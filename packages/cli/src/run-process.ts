import { setImmediate } from 'node:timers/promises';

import type { ExitCode } from './exit-code.js';
import { main } from './main.js';
import { createProcessHost } from './process-host.js';
import { reportUncaught } from './report-uncaught.js';

/** Runs the command line of this process and ends it, also where the project's code left something open. */
export async function runProcess(): Promise<never> {
  const args = process.argv.slice(2);
  let code: ExitCode;
  {
    await using host = createProcessHost();
    let crash: Promise<ExitCode> | undefined;
    const crashed = new Promise<ExitCode>((resolve) => {
      process.on('uncaughtException', (error) => {
        crash ??= reportUncaught(error, host, args);
        resolve(crash);
      });
    });
    code = await Promise.race([main(args, host), crashed]);
    await setImmediate(); // Node tells of unhandled rejections only when a turn of its loop ends.
    if (crash !== undefined) code = await crash;
  }
  process.exit(code);
}
