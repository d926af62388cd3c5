import type { ExitCode } from './exit-code.js';
import type { Host } from './host.js';
import type { Project, ProjectChoice } from './open-project.js';
import type { Screen } from './screen.js';

/** The headings of the help, in its order. */
export const COMMAND_GROUPS = ['Decide', 'Gate', 'Project', 'Running'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** What a shell offers for a value: names of the project, places on the disk, or these words. */
export type Completes =
  | 'domain'
  | 'domain-or-key'
  | 'key'
  | 'provider'
  | 'capability'
  | 'change'
  | 'selection'
  | 'environment'
  | 'file'
  | 'folder'
  | readonly string[];

/** A term as it is typed, and what it means: `--provider <name>`, `[domain]`. */
export interface Term {
  readonly term: string;
  readonly words: string;
  /** May be given several times. */
  readonly repeatable?: boolean;
  /** Default: nothing. */
  readonly completes?: Completes;
}

/** Everything about a command except what it does, so that the help loads nothing else. */
export interface CommandSpec {
  readonly name: string;
  readonly group: CommandGroup;
  readonly summary: string;
  readonly arguments: readonly Term[];
  readonly options: readonly Term[];
  readonly examples: readonly Term[];
  readonly load: () => Promise<{ readonly run: RunCommand }>;
}

/** What was typed after a command's name. */
export interface CommandInput {
  readonly args: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  /** Every occurrence of a repeatable option. */
  texts(name: string): readonly string[];
}

/** What a command works with. */
export interface CommandContext {
  readonly host: Host;
  /** How stdout looks. */
  readonly screen: Screen;
  /** Writes data to stdout. */
  readonly print: (text: string) => void;
  /** Writes a remark to stderr. */
  readonly note: (text: string) => void;
  /** The project that the options which every command has mean, loaded; `choice` counts above them. */
  readonly openProject: (choice?: ProjectChoice) => Promise<Project>;
}

/** Does a command's work; a rejection is shown as an error, and decides the exit code by its own code. */
export type RunCommand = (input: CommandInput, context: CommandContext) => Promise<ExitCode>;
