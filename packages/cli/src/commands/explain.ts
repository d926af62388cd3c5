import {
  type Change,
  dependenciesOf,
  type LoadedConfig,
  parseChange,
  tellNotOffered,
  whyNot,
} from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, exitCodeOf, type ExitCode } from '../exit-code.js';
import type { Format } from '../formats.js';
import { readKeyName } from '../read-key-name.js';
import { readFormat } from '../read-format.js';
import { readRequest } from '../read-request.js';
import type { Answer } from '../renderers/answer.js';
import type { Screen } from '../screen.js';

/** `oneiric explain`: the decision with its reasons, in this world or in a changed one. */
export async function run(
  input: CommandInput,
  { openProject, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'explain');
  const changes = readChanges(input);
  const project = await openProject();
  const { domain, key } = readKeyName(input, 'explain', project);
  const world = project.registry.snapshot();
  const explanation = world.explain(domain, key, { ...readRequest(input), changes });
  const provider = input.text('why-not');
  const answer = provider === undefined ? undefined : whyNot(explanation, provider);
  const rendered = await render(
    {
      explanation,
      whyNot: answer,
      shown: (answer ?? explanation).candidates,
      dependencies: input.flag('deep') ? dependenciesOf(world, explanation) : undefined,
    },
    format,
    screen,
  );
  if (rendered === undefined) note(explanation.summary);
  else print(rendered);
  const [problem, ...others] = project.loaded.settings.problems.filter(
    ({ owner }) =>
      owner.domain === domain && owner.key === key && owner.provider === explanation.winner?.provider,
  );
  if (problem !== undefined) note(tellUnusable(problem, others.length));
  if (answer?.candidates.length === 0) {
    // Rows and drawings have no place for somebody who is not there.
    if (format === 'table' || format === 'mermaid' || format === 'dot')
      note(tellNotOffered(answer, explanation));
    return EXIT.nothingWon;
  }
  return exitCodeOf(explanation, input.flag('fail-on-tie'));
}

/** That who wins could not start here. Only to ask who wins needs no settings. */
function tellUnusable(
  { owner, setting, found }: LoadedConfig['settings']['problems'][number],
  others: number,
): string {
  const what = setting === '' ? 'its settings are' : `its setting ${setting} is`;
  const more = others === 0 ? '' : `, and ${String(others)} more`;
  return `${owner.provider} could not start here: ${what} ${found}${more}; see oneiric doctor`;
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
