import { markdownBlocks } from './markdown-blocks.js';
import type { CliResult } from './oneiric.js';

/**
 * A transcript is a Markdown document of what the command line prints, byte for byte:
 *
 * - a block with `file=oneiric.config.yaml` on its fence is a file of the project
 * - a block with `process=orders.mjs` on its fence is a program that runs while the commands after it are given, and for
 *   which no time goes by; what differs from run to run is shown as `maskProcesses` says
 * - a `console` block holds commands, `$ oneiric …`, each followed by its output; what comes on stderr starts with
 *   `2> `, and an exit code other than 0 is shown as `$ echo $?` shows it; an escape character is shown as `␛`, how
 *   long something took as `… ms`, and the project's folder as `/project`
 * - every second-level heading starts a fresh project, with the files that stand before the first of them
 */
export interface Transcript {
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly steps: readonly Step[];
}

export type Step =
  | {
      readonly kind: 'file' | 'process';
      readonly line: number;
      readonly path: string;
      readonly text: string;
    }
  | {
      readonly kind: 'session';
      readonly line: number;
      readonly text: string;
      readonly commands: readonly string[];
    };

export function readTranscript(markdown: string): Transcript {
  const headings = Array.from(markdown.matchAll(/^## (.*)$/gm), ({ 1: title = '', index }) => ({
    title,
    line: markdown.slice(0, index).split('\n').length,
  }));
  const steps = readSteps(markdown);
  const within = (from: number, to: number): Step[] => steps.filter(({ line }) => line > from && line < to);
  const preamble = within(0, headings[0]?.line ?? Infinity);
  return {
    sections: headings.map(({ title, line }, index) => ({
      title,
      steps: [...preamble, ...within(line, headings[index + 1]?.line ?? Infinity)],
    })),
  };
}

function readSteps(markdown: string): Step[] {
  return markdownBlocks(markdown).flatMap((block): Step[] => {
    const { line, text } = block;
    for (const kind of ['file', 'process'] as const) {
      const path = block.words.find((word) => word.startsWith(`${kind}=`))?.slice(kind.length + 1);
      if (path !== undefined) return [{ kind, line, path, text }];
    }
    if (block.language !== 'console') return [];
    const commands = Array.from(block.text.matchAll(/^\$ (.*)$/gm), ([, command = '']) => command);
    return [
      {
        kind: 'session',
        line: block.line,
        text: block.text,
        commands: commands.filter((command) => command !== 'echo $?'),
      },
    ];
  });
}

/** A command and what came of it in a folder, as a `console` block shows it. */
export function showResult(command: string, { code, stdout, stderr }: CliResult, folder: string): string {
  const data = stdout.replaceAll(/"durationMs": [\d.]+/g, '"durationMs": …');
  const told = stderr.replaceAll(folder, '/project').replaceAll(/took \d+ ms/g, 'took … ms');
  const errors =
    told === '' ? '' : `${told.replace(/\n$/, '').replaceAll(/^/gm, '2> ').replaceAll(/ +$/gm, '')}\n`;
  const exit = code === 0 ? '' : `$ echo $?\n${String(code)}\n`;
  return `$ ${command}\n${`${data}${errors}`.replaceAll('\u001b', '␛')}${exit}`;
}

/** `COLUMNS=40 oneiric explain a/b --if "x"` in parts. */
export function parseCommand(command: string): {
  readonly env: Record<string, string>;
  readonly args: readonly string[];
} {
  const words = Array.from(command.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g), ([word]) =>
    word.replaceAll(/["']/g, ''),
  );
  const at = words.indexOf('oneiric');
  if (at < 0) throw new Error(`not a command of ours: ${command}`);
  const env = Object.fromEntries(
    words.slice(0, at).map((word) => word.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  return { env, args: words.slice(at + 1) };
}
