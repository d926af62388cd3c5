import { arch, platform, release } from 'node:os';
import { sep } from 'node:path';

import { type ConfigProblem, failureChain, formatPlace, printable, type SourceLine } from '@oneiric/core';

import type { ProcessRow } from './cli-errors.js';
import { type Place, renderExcerpt } from './render-excerpt.js';
import { renderTable } from './render-table.js';
import type { Screen } from './screen.js';
import { ownVersion } from './own-version.js';
import { wrap } from './wrap.js';

export interface ErrorContext {
  readonly screen: Screen;
  /** Named as this folder, and left out of what lies in it. */
  readonly cwd: string;
  readonly args: readonly string[];
}

interface KnownError {
  readonly code: string;
  readonly message: string;
  readonly details: {
    readonly problems?: readonly ConfigProblem[];
    readonly excerpt?: readonly SourceLine[];
    readonly at?: Place | undefined;
    readonly processes?: readonly ProcessRow[];
  };
}

/** Errors that are about several places of one text, each shown with its lines. */
const LISTS_PROBLEMS: ReadonlySet<string> = new Set(['ONEIRIC_CONFIG_INVALID', 'ONEIRIC_LOCKFILE_INVALID']);

/** Errors about what runs, where the code of the application is underneath. */
const TELLS_CAUSES = /^ONEIRIC_(LIFECYCLE|ATTACH)_FAILED$/;

/** An error as stderr shows it, with a line end. */
export function renderError(error: unknown, context: ErrorContext): string {
  const lines = isKnown(error) ? renderMistake(error, context) : renderBug(error, context);
  return `${lines.join('\n')}\n`;
}

/** Is it one of ours, from whatever copy of the package? Those carry a code and details. */
function isKnown(error: unknown): error is KnownError {
  if (!(error instanceof Error)) return false;
  const { code, details } = error as { code?: unknown; details?: unknown };
  return (
    typeof code === 'string' && code.startsWith('ONEIRIC_') && typeof details === 'object' && details !== null
  );
}

/** A user's mistake: what, where, found, expected, what to do next, and no stack. */
function renderMistake(error: KnownError, { screen, cwd }: ErrorContext): readonly string[] {
  const { code, message, details } = error;
  const title = `${screen.bad('error')} ${screen.strong(code)}`;
  const told = withoutFolder(message, cwd).split('\n');
  if (!LISTS_PROBLEMS.has(code)) {
    return [
      title,
      ...told.flatMap((line) => wrapLine(line, screen)),
      ...renderExcerpt(details.excerpt ?? [], details.at, screen),
      ...(code === 'ONEIRIC_CLI_PROCESS_SEVERAL'
        ? renderProcesses(details.processes ?? [], cwd, screen)
        : []),
      ...(TELLS_CAUSES.test(code) ? renderCauses(error, screen) : []),
    ];
  }
  const { problems = [] } = details;
  return [
    title,
    ...wrapLine(told[0] ?? '', screen),
    ...problems.flatMap((problem) => renderProblem(problem, screen)),
  ];
}

function renderProcesses(processes: readonly ProcessRow[], cwd: string, screen: Screen): readonly string[] {
  const rows = processes.map(({ pid, name, since, folder }) => [
    String(pid),
    printable(name),
    since,
    printable(withoutFolder(folder, cwd)),
  ]);
  return ['', renderTable(['PID', 'NAME', 'SINCE', 'FOLDER'], rows, screen)];
}

/** What was underneath, outermost first. */
function renderCauses(error: KnownError, screen: Screen): readonly string[] {
  return failureChain(error)
    .slice(1)
    .flatMap(({ code, message }) =>
      wrap(`because ${code === undefined ? '' : `${code}: `}${message}`, screen.width, {
        first: '  ',
        rest: '    ',
      }),
    );
}

/** What lies in the folder by its path from there. One whose name only begins alike stays as it is; so does the root. */
function withoutFolder(message: string, cwd: string): string {
  if (cwd.endsWith(sep)) return message;
  const literally = cwd.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return message.replace(
    new RegExp(String.raw`(?<![\w.-])${literally}(?:([/\\])|(?![\w-]|\.\w))`, 'g'),
    (_, separator?: string) => (separator === undefined ? 'this folder' : ''),
  );
}

function renderProblem(
  { path, origin, found, expected, nearest, excerpt }: ConfigProblem,
  screen: Screen,
): readonly string[] {
  const where = [formatPlace(origin), path].filter((part) => part !== '').join('  ');
  const facts: readonly (readonly [string, string])[] = [
    ['found', found],
    ['expected', expected],
    ...(nearest === undefined ? [] : [['did you mean', nearest] as const]),
  ];
  return [
    '',
    screen.strong(printable(where)),
    ...renderExcerpt(excerpt, origin, screen),
    ...facts.flatMap(([name, text]) =>
      wrap(printable(text), screen.width, { first: `  ${name.padEnd(13)}`, rest: ' '.repeat(15) }),
    ),
  ];
}

/** One line of a message, wrapped under its own indentation. */
function wrapLine(line: string, screen: Screen): readonly string[] {
  const [indent = ''] = /^ */.exec(line) ?? [];
  return wrap(printable(line), screen.width, { first: indent, rest: indent });
}

/** A mistake of ours: whatever helps to find it, and a request to report it. */
function renderBug(error: unknown, { screen, args }: ErrorContext): readonly string[] {
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [
    `${screen.bad('error')} ${screen.strong('This is a mistake in Oneiric, not in your project.')}`,
    'Please report it to the maintainers of @oneiric/cli, with these lines:',
    '',
    `  oneiric ${ownVersion()}, node ${process.versions.node}, ${platform()} ${release()} ${arch()}`,
    `  oneiric ${args.map(printable).join(' ')}`,
    ...shown.split('\n').map((line) => `  ${line}`),
  ];
}
