import { Command, CommanderError, Help, InvalidArgumentError, Option } from 'commander';

import { COMMANDS, optionsOf } from './command-catalogue.js';
import type { CommandInput, CommandSpec, Term } from './command.js';
import { EXIT_WORDS } from './exit-code.js';
import { isProcessWord } from './process-name.js';

/** What a command line means. */
export type Invocation =
  | { readonly kind: 'run'; readonly command: CommandSpec; readonly input: CommandInput }
  | { readonly kind: 'help'; readonly text: string; readonly asked: boolean }
  | {
      readonly kind: 'usage';
      readonly problem: string;
      readonly nearest: string | undefined;
      readonly command: string | undefined;
    };

type Values = Readonly<Record<string, unknown>>;

/** Where less than this is left beside the terms of a help, their words stand below them. */
const NARROWEST_WORDS = 20;

/** Reads a command line; nothing is printed and nothing is run. `width` is that of the help. */
export function parseCommandLine(args: readonly string[], width: number): Invocation {
  if (args[0] === 'help') return parseCommandLine(helpArguments(args.slice(1)), width);
  let help = '';
  let invocation: Invocation | undefined;
  const program = new Command('oneiric')
    .description('Which implementation runs, and why.')
    .usage('<command> [options]')
    .option('-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', () => formatExitCodes(width))
    .configureHelp({
      minWidthToWrap: NARROWEST_WORDS,
      formatItem(term, termWidth, words, helper) {
        if (width - termWidth - 4 < NARROWEST_WORDS) return formatBelow(term, words, width);
        return Help.prototype.formatItem.call(helper, term, termWidth, words, helper);
      },
    })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => (help += text),
      writeErr: (text) => (help += text),
      outputError: () => undefined,
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  for (const spec of COMMANDS) {
    const command = addCommand(program, spec, width);
    command.action(() => {
      invocation = { kind: 'run', command: spec, input: toInput(command.args, command.opts()) };
    });
  }
  try {
    program.parse(withAttachLast(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { kind: 'help', text: help, asked: true };
    if (error.code === 'commander.help') return { kind: 'help', text: help, asked: args.length > 0 };
    return {
      kind: 'usage',
      ...readProblem(error.message),
      command: COMMANDS.find(({ name }) => name === args[0])?.name,
    };
  }
  return invocation ?? { kind: 'help', text: program.helpInformation(), asked: false };
}

/** `help explain` is `explain --help`; a name that is no command is left to be refused as one. */
function helpArguments([name]: readonly string[]): readonly string[] {
  if (name === undefined) return ['--help'];
  return COMMANDS.some((command) => command.name === name) ? [name, '--help'] : [name];
}

/** With an `--attach` that no process follows behind the other words, where it takes none of them for its value. */
function withAttachLast(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  const words = end < 0 ? args : args.slice(0, end);
  const at = words.findIndex((word, index) => word === '--attach' && !isProcessWord(words[index + 1]));
  return at < 0 ? args : [...words.toSpliced(at, 1), '--attach', ...args.slice(words.length)];
}

function addCommand(program: Command, spec: CommandSpec, width: number): Command {
  const command = program
    .command(spec.name)
    .summary(spec.summary)
    .description(spec.summary)
    .helpGroup(`${spec.group}:`);
  for (const { term, words } of spec.arguments) command.argument(term, words);
  for (const term of optionsOf(spec)) {
    if (term.term === '-h, --help') command.helpOption(term.term, term.words);
    else command.addOption(toOption(term));
  }
  return command
    .allowExcessArguments(false)
    .addHelpText('after', () => formatExamples(spec.examples, width) + formatExits(spec.exits ?? [], width));
}

function toOption({ term, words, repeatable = false }: Term): Option {
  const option = new Option(term, repeatable ? `${words} (repeatable)` : words);
  if (option.isBoolean()) return option;
  return option.argParser((value: string, before: unknown) => {
    if (repeatable) return [...((before as readonly string[] | undefined) ?? []), value];
    if (before !== undefined) throw new InvalidArgumentError('It can be given only once.');
    return value;
  });
}

function formatExitCodes(width: number): string {
  const codes = Object.entries(EXIT_WORDS).flatMap(([code, words]) => formatExit(code, words, width));
  const project = linesOf(
    'The project is found upwards from here, by its oneiric.config.{ts,mts,js,mjs,json,yaml}.',
    width,
  );
  return ['', 'Exit codes:', ...codes, '', ...project].join('\n');
}

/** What the exit codes mean of one command, where that is not all plain. */
function formatExits(exits: readonly Term[], width: number): string {
  if (exits.length === 0) return '';
  return ['\n', 'Exit codes:', ...exits.flatMap(({ term, words }) => formatExit(term, words, width))].join(
    '\n',
  );
}

function formatExit(code: string, words: string, width: number): readonly string[] {
  return linesOf(words, width - 7).map((line, index) => `  ${(index === 0 ? code : '').padEnd(3)}  ${line}`);
}

function formatExamples(examples: readonly Term[], width: number): string {
  return ['', 'Examples:', ...examples.map(({ term, words }) => formatBelow(term, words, width))].join('\n');
}

function formatBelow(term: string, words: string, width: number): string {
  return [`  ${term}`, ...linesOf(words, width - 6).map((line) => `      ${line}`)].join('\n');
}

/** Words as lines of at most this width, broken by the parser, so that the help needs nothing else. */
function linesOf(words: string, width: number): readonly string[] {
  return Object.assign(new Help(), { minWidthToWrap: 1 }).boxWrap(words, width).split('\n');
}

function toInput(args: readonly string[], values: Values): CommandInput {
  const value = (name: string): unknown =>
    values[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
  return {
    args,
    flag: (name) => value(name) === true,
    text: (name) => {
      const given = value(name);
      return typeof given === 'string' ? given : undefined;
    },
    texts: (name) => {
      const given = value(name);
      return Array.isArray(given) ? (given as readonly string[]) : [];
    },
  };
}

/** Takes commander's message apart: `error: unknown option '--jsn'\n(Did you mean --json?)`. */
function readProblem(message: string): { readonly problem: string; readonly nearest: string | undefined } {
  const [first = '', suggestion = ''] = message.split('\n');
  const problem = first
    .replace(/^error: /, '')
    .replaceAll("'", '"')
    .replace(/\.$/, '');
  const [, nearest] = /Did you mean (?:one of )?([^,?]+)/.exec(suggestion) ?? [];
  return { problem: problem.charAt(0).toUpperCase() + problem.slice(1), nearest };
}
