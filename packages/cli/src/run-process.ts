import { setImmediate } from 'node:timers/promises';

import type { ExitCode } from './exit-code.js';
import { main } from './main.js';
import { pluginBehind } from './plugin-context.js';
import { createProcessHost } from './process-host.js';
import { reportUncaught } from './report-uncaught.js';

/**
 * Runs the command line of this process and ends it, also where the project's code left something open. An error that
 * nobody awaited ends it with 1, unless a plugin began what failed: that is noted, and the command goes on.
 */
export async function runProcess(): Promise<never> {
  const args = process.argv.slice(2);
  let code: ExitCode;
  {
    await using host = createProcessHost();
    let crash: Promise<ExitCode> | undefined;
    const crashed = new Promise<ExitCode>((resolve) => {
      const heard = (error: unknown): void => {
        const plugin = pluginBehind(error);
        if (plugin !== undefined) {
          host.strayErrors.add({ package: plugin, error });
          return;
        }
        crash ??= reportUncaught(error, host, args);
        resolve(crash);
      };
      process.on('uncaughtException', heard).on('unhandledRejection', heard);
    });
    code = await Promise.race([main(args, host), crashed]);
    await setImmediate(); // Node tells of unhandled rejections only when a turn of its loop ends.
    if (crash !== undefined) code = await crash;
  }
  process.exit(code);
}
