import type { Project } from '@oneiric/core';
import type { AttachedProcess } from '@oneiric/core/attach';

import type { AskedWorld } from './asked-world.js';
import type { ExitCode } from './exit-code.js';
import type { Host } from './host.js';
import type { ProjectChoice } from './open-project.js';
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
  | 'process'
  | 'file'
  | 'folder'
  | readonly string[];

/** A term as it is typed, and what it means: `--provider <name>`, `--attach [process]`, `[domain]`. */
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
  /** Exit codes that mean something of their own here. Default: none. */
  readonly exits?: readonly Term[];
  /** False for what is only ever asked of a process: it has no options that choose a project. Default: true. */
  readonly isAboutProject?: boolean;
  readonly load: () => Promise<{ readonly run: RunCommand }>;
}

/** What was typed after a command's name. */
export interface CommandInput {
  readonly args: readonly string[];
  flag(name: string): boolean;
  /** Undefined also where an option stands without the value that it may have; `flag` is true then. */
  text(name: string): string | undefined;
  /** Every occurrence of a repeatable option. */
  texts(name: string): readonly string[];
}

/** What a command works with. */
export interface CommandContext {
  readonly host: Host;
  /** How stdout looks. */
  readonly screen: Screen;
  /** Nothing but data and errors is to be written. */
  readonly isQuiet: boolean;
  /** Writes data to stdout. */
  readonly print: (text: string) => void;
  /** Writes a remark to stderr. */
  readonly note: (text: string) => void;
  /** The project that the options which every command has mean, loaded; `choice` counts above them. */
  readonly openProject: (choice?: ProjectChoice) => Promise<Project>;
  /** The process that `--attach` names, asked; its connection is closed when the command is done. */
  readonly attach: () => Promise<AttachedProcess>;
  /** That process where `--attach` is there, else the project. */
  readonly openWorld: () => Promise<AskedWorld>;
}

/** Does a command's work; a rejection is shown as an error, and decides the exit code by its own code. */
export type RunCommand = (input: CommandInput, context: CommandContext) => Promise<ExitCode>;
