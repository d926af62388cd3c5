import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { COMMANDS, optionsOf } from './command-catalogue.js';
import type { CommandInput, CommandSpec, Term } from './command.js';
import { EXIT_WORDS } from './exit-code.js';

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

/** Reads a command line; nothing is printed and nothing is run. `width` is that of the help. */
export function parseCommandLine(args: readonly string[], width: number): Invocation {
  if (args[0] === 'help') return parseCommandLine(helpArguments(args.slice(1)), width);
  let help = '';
  let invocation: Invocation | undefined;
  let current: string | undefined;
  const program = new Command('oneiric')
    .description('Which implementation runs, and why.')
    .usage('<command> [options]')
    .option('-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', () => formatExitCodes())
    .configureHelp({ minWidthToWrap: 20 })
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
    const command = addCommand(program, spec);
    command.hook('preAction', () => {
      current = spec.name;
    });
    command.action(() => {
      invocation = { kind: 'run', command: spec, input: toInput(command.args, command.opts()) };
    });
  }
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { kind: 'help', text: help, asked: true };
    if (error.code === 'commander.help') return { kind: 'help', text: help, asked: args.length > 0 };
    return {
      kind: 'usage',
      ...readProblem(error.message),
      command: current ?? COMMANDS.find(({ name }) => name === args[0])?.name,
    };
  }
  return invocation ?? { kind: 'help', text: program.helpInformation(), asked: false };
}

/** `help explain` is `explain --help`; a name that is no command is left to be refused as one. */
function helpArguments([name]: readonly string[]): readonly string[] {
  if (name === undefined) return ['--help'];
  return COMMANDS.some((command) => command.name === name) ? [name, '--help'] : [name];
}

function addCommand(program: Command, spec: CommandSpec): Command {
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
  return command.allowExcessArguments(false).addHelpText('after', () => formatExamples(spec.examples));
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

function formatExitCodes(): string {
  const codes = Object.entries(EXIT_WORDS).map(([code, words]) => `  ${code}  ${words}`);
  return `\nExit codes:\n${codes.join('\n')}\n\nThe project is found upwards from here, by its\noneiric.config.{ts,mts,js,mjs,json,yaml}.`;
}

function formatExamples(examples: readonly Term[]): string {
  return `\nExamples:\n${examples.map(({ term, words }) => `  ${term}\n      ${words}`).join('\n')}`;
}

function toInput(args: readonly string[], values: Values): CommandInput {
  const value = (name: string): unknown =>
    values[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
  return {
    args,
    flag: (name) => value(name) === true,
    text: (name) => value(name) as string | undefined,
    texts: (name) => (value(name) as readonly string[] | undefined) ?? [],
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
