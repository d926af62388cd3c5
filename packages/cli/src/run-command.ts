import { setTimeout } from 'node:timers/promises';

import type { Project } from '@oneiric/core';
import type { AttachedProcess } from '@oneiric/core/attach';

import type { CommandContext, CommandInput, CommandSpec } from './command.js';
import type { ExitCode } from './exit-code.js';
import type { Host } from './host.js';
import { isAttached } from './needs-process.js';
import { openProject } from './open-project.js';
import { showProgress } from './progress.js';
import { readProjectChoice } from './read-project-choice.js';
import { createScreen } from './screen.js';
import { usageError } from './usage-error.js';
import { wrap } from './wrap.js';

/** How long plugins may take to clean up when a command is done. */
const PATIENCE_MS = 1000;

/** Variables that have a say in what a command does. */
const VARIABLES = ['ONEIRIC_CONFIG', 'ONEIRIC_ENV', 'ONEIRIC_SELECTIONS', 'ONEIRIC_STACK_ORDER'];

/**
 * Runs one command in a host, and rejects with what it rejects with.
 *
 * With `--quiet` nothing but its data and errors is written; with `--verbose` stderr also tells which file was read,
 * which variables counted, and how long it took.
 */
export async function runCommand(command: CommandSpec, input: CommandInput, host: Host): Promise<ExitCode> {
  const isQuiet = input.flag('quiet');
  const isVerbose = input.flag('verbose');
  if (isQuiet && isVerbose) throw usageError('--quiet and --verbose contradict each other', command.name);
  const started = performance.now();
  const stderrScreen = createScreen(host.stderr, host.env);
  const noted = new Set<string>();
  const note = (text: string): void => {
    if (isQuiet || noted.has(text)) return; // A command that opens several environments says it once.
    noted.add(text);
    const lines = wrap(`note: ${text}`, stderrScreen.width, { first: '', rest: '      ' });
    host.stderr.write(`${lines.join('\n')}\n`);
  };
  const detail = (text: string): void => {
    if (isVerbose) note(text);
  };
  let attached: Promise<AttachedProcess> | undefined;
  const projects: Project[] = [];
  const context: CommandContext = {
    host,
    screen: createScreen(host.stdout, host.env),
    isQuiet,
    print: (text) => {
      host.stdout.write(`${text}\n`);
    },
    note,
    async openProject(choice) {
      const begun = performance.now();
      const shown = showProgress('Loading the configuration', host.stderr, isQuiet);
      const onPending = (packages: readonly string[]): void => {
        if (packages.length === 0) shown[Symbol.dispose]();
        else shown.tell(`Waiting for ${packages.join(', ')}`);
      };
      const noteBelow = (text: string): void => {
        shown[Symbol.dispose]();
        note(text);
      };
      const opening = openProject({ ...readProjectChoice(input), ...choice }, host, noteBelow, onPending);
      const project = await opening.finally(() => {
        shown[Symbol.dispose]();
      });
      projects.push(project);
      const { file, projectDir } = project.loaded;
      detail(file === undefined ? 'there is no configuration file, and plugins need none' : `read ${file}`);
      detail(`files are named from ${projectDir}`);
      detail(`loading took ${milliseconds(begun)}`);
      const set = VARIABLES.filter((name) => (host.env[name] ?? '') !== '');
      if (set.length > 0) detail(`set in the environment: ${set.join(', ')}`);
      return project;
    },
    attach() {
      attached ??= attach();
      return attached;
    },
    async openWorld() {
      if (isAttached(input)) {
        const process = await context.attach();
        return { kind: 'process', process, snapshot: await process.snapshot() };
      }
      const project = await context.openProject();
      return { kind: 'project', project, snapshot: project.registry.snapshot() };
    },
  };
  const attach = async (): Promise<AttachedProcess> => {
    const { attachProcess } = await import('./attach-process.js');
    const process = await attachProcess(input, command.name);
    const { name, pid, socket } = process.info;
    detail(`attached to ${name}, pid ${String(pid)}, by ${socket}`);
    return process;
  };
  const { run } = await command.load();
  try {
    return await run(input, context);
  } finally {
    await closeQuietly(attached);
    await leaveProjects(projects);
    detail(`oneiric ${command.name} took ${milliseconds(started)}`);
  }
}

/** Lets the plugins of projects clean up, for as long as a person would wait for that. */
async function leaveProjects(projects: readonly Project[]): Promise<void> {
  const left = Promise.allSettled(projects.map((project) => project[Symbol.asyncDispose]()));
  await Promise.race([left, setTimeout(PATIENCE_MS)]);
}

/** What could not be attached to has been told already. */
async function closeQuietly(attached: Promise<AttachedProcess> | undefined): Promise<void> {
  const process = await attached?.catch(() => undefined);
  await process?.[Symbol.asyncDispose]();
}

function milliseconds(since: number): string {
  return `${Math.round(performance.now() - since)} ms`;
}
