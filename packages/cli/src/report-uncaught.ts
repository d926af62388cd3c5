import { EXIT, type ExitCode } from './exit-code.js';
import type { Host } from './host.js';

/** Shows an error that nobody awaited: usually something that the project's code started while it was loaded. */
export async function reportUncaught(error: unknown, host: Host, args: readonly string[]): Promise<ExitCode> {
  const { createError } = await import('@oneiric/core');
  const { CLI_ERRORS } = await import('./cli-errors.js');
  const { renderError } = await import('./render-error.js');
  const { createScreen } = await import('./screen.js');
  const details = { thrown: firstLines(error) };
  const shown = createError(CLI_ERRORS, 'ONEIRIC_CLI_UNCAUGHT', details, { cause: error });
  host.stderr.write(renderError(shown, { screen: createScreen(host.stderr, host.env), cwd: host.cwd, args }));
  return EXIT.failed;
}

/** The message and the innermost places; the rest of a stack is ours and Node's. */
function firstLines(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.split('\n').slice(0, 4).join('\n');
}
