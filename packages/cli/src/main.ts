import { EXIT, type ExitCode, exitCodeOfError } from './exit-code.js';
import type { Host } from './host.js';
import { createScreen } from './screen.js';
import { ownVersion } from './own-version.js';

/**
 * Runs one command line in a host and returns its exit code. Never rejects.
 *
 * What a command needs is imported only when it runs: `--version` loads nothing, `--help` only the parser.
 */
export async function main(args: readonly string[], host: Host): Promise<ExitCode> {
  if (args[0] === '--version' || args[0] === '-V') {
    host.stdout.write(`${ownVersion()}\n`);
    return EXIT.ok;
  }
  try {
    if (args[0] === '__complete') {
      const { complete } = await import('./completion/complete.js');
      return await complete(args.slice(1), host);
    }
    const { parseCommandLine } = await import('./program.js');
    const invocation = parseCommandLine(args, createScreen(host.stdout, host.env).width);
    switch (invocation.kind) {
      case 'help':
        (invocation.asked ? host.stdout : host.stderr).write(invocation.text);
        return invocation.asked ? EXIT.ok : EXIT.usage;
      case 'usage': {
        const { usageError } = await import('./usage-error.js');
        const { problem, command, nearest } = invocation;
        return await fail(usageError(problem, command, nearest), host, args);
      }
      case 'run': {
        const { runCommand } = await import('./run-command.js');
        return await runCommand(invocation.command, invocation.input, host);
      }
      default:
        return invocation satisfies never;
    }
  } catch (error) {
    return fail(error, host, args);
  }
}

/** Shows an error on stderr: what to do next for a user's mistake, a request for a report for one of ours. */
async function fail(error: unknown, host: Host, args: readonly string[]): Promise<ExitCode> {
  const { renderError } = await import('./render-error.js');
  host.stderr.write(renderError(error, { screen: createScreen(host.stderr, host.env), cwd: host.cwd, args }));
  const { code } = (error ?? {}) as { code?: unknown };
  return exitCodeOfError(typeof code === 'string' ? code : undefined);
}
