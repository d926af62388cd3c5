import {
  type Change,
  dependenciesOf,
  type Explanation,
  parseChange,
  type RunningReport,
  savedReport,
  tellNotOffered,
  whyNot,
} from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, exitCodeOf, type ExitCode } from '../exit-code.js';
import type { Format } from '../formats.js';
import { isAttached } from '../needs-process.js';
import { readKeyName } from '../read-key-name.js';
import { readFormat } from '../read-format.js';
import { readRequest } from '../read-request.js';
import type { Answer } from '../renderers/answer.js';
import type { Screen } from '../screen.js';
import { readStatus } from '../read-status.js';
import { unusableNote } from '../unusable-note.js';
import { usageError } from '../usage-error.js';

/** `oneiric explain`: the decision with its reasons, in this world or in a changed one. */
export async function run(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const { openWorld, screen, print, note } = context;
  const format = readFormat(input, 'explain');
  const changes = readChanges(input);
  checkRunningOptions(input, format);
  const world = await openWorld();
  const { snapshot } = world;
  const { domain, key } = readKeyName(input, 'explain', snapshot);
  const explanation = snapshot.explain(domain, key, { ...readRequest(input), changes });
  const provider = input.text('why-not');
  const running =
    world.kind === 'process'
      ? await world.process.report(domain, key)
      : await readSaved(input, snapshot.explain(domain, key), context);
  const history = input.flag('history') ? running?.history : undefined;
  const answer = provider === undefined ? undefined : whyNot(explanation, provider);
  const rendered = await render(
    {
      explanation,
      whyNot: answer,
      shown: (answer ?? explanation).candidates,
      running,
      history,
      dependencies: input.flag('deep') ? dependenciesOf(snapshot, explanation) : undefined,
    },
    format,
    screen,
  );
  if (rendered === undefined) note(explanation.summary);
  else print(rendered);
  const unusable = unusableNote(world, explanation.winner);
  if (unusable !== undefined) note(unusable);
  if (history?.length === 0) note('nothing was decided anew for it since the process runs');
  if (answer?.candidates.length === 0) {
    // Rows and drawings have no place for somebody who is not there.
    if (format === 'table' || format === 'mermaid' || format === 'dot')
      note(tellNotOffered(answer, explanation));
    return EXIT.nothingWon;
  }
  return exitCodeOf(explanation, input.flag('fail-on-tie'));
}

/** Refuses what asks for a process, or for the status file of one, and cannot have it. */
function checkRunningOptions(input: CommandInput, format: Format): void {
  const refuse = (problem: string): never => {
    throw usageError(problem, 'explain');
  };
  const isDrawn = format === 'mermaid' || format === 'dot';
  const hasFile = input.text('status') !== undefined;
  if (isAttached(input) && hasFile) refuse('--attach and --status contradict each other');
  if (hasFile && isDrawn) refuse(`--status and --format ${format} do not go together`);
  if (!input.flag('history')) return;
  if (!isAttached(input))
    refuse(
      hasFile
        ? 'A status file holds no decisions; --history asks the process itself, with --attach'
        : '--history tells what a running process decided: name it with --attach',
    );
  if (isDrawn) refuse(`--history and --format ${format} do not go together`);
}

/** What ran, by the status file; undefined where none was asked for. */
async function readSaved(
  input: CommandInput,
  plain: Explanation,
  { host, note }: CommandContext,
): Promise<RunningReport | undefined> {
  const path = input.text('status');
  if (path === undefined) return undefined;
  const file = await readStatus(path, host, 'explain');
  note(`what ran is as ${path} had it at ${file.savedAt}; it may be another now`);
  return savedReport(file, plain);
}

/** The changes of `--if` in their order, then those of `--without`. */
function readChanges(input: CommandInput): readonly Change[] {
  const without = input.texts('without').map((provider): Change => ({ change: 'without', provider }));
  return [...input.texts('if').map((text) => parseChange(text)), ...without];
}

/** Undefined where there is nothing to show in this form. */
async function render(answer: Answer, format: Format, screen: Screen): Promise<string | undefined> {
  switch (format) {
    case 'text':
      return (await import('../renderers/explanation-text.js')).explanationText(answer, screen);
    case 'table':
      return (await import('../renderers/explanation-table.js')).explanationTable(answer, screen);
    case 'json':
      return JSON.stringify(
        (await import('../renderers/explanation-json.js')).explanationJson(answer),
        null,
        2,
      );
    case 'markdown':
      return (await import('../renderers/explanation-markdown.js')).explanationMarkdown(answer);
    case 'mermaid':
    case 'dot': {
      const { explanationDiagram } = await import('../renderers/explanation-diagram.js');
      const { renderDiagram } = await import('../renderers/render-diagram.js');
      return renderDiagram(explanationDiagram(answer), format);
    }
    default:
      return format satisfies never;
  }
}
