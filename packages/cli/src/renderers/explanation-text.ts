import { renderRunning, renderText, renderWhyNot } from '@oneiric/core';
import stringWidth from 'string-width';

import type { Screen } from '../screen.js';
import type { Answer } from './answer.js';
import { dependenciesText } from './dependencies-text.js';

/** An explanation for people; below it what runs, with `--attach` or `--status`, and what the winner needs, with `--deep`. */
export function explanationText(
  { explanation, whyNot, running, history, dependencies }: Answer,
  screen: Screen,
): string {
  const layout = { width: screen.width, palette: screen, measure: stringWidth };
  const told =
    whyNot === undefined ? renderText(explanation, layout) : renderWhyNot(whyNot, explanation, layout);
  return [
    told,
    ...(running === undefined
      ? []
      : [renderRunning(running, { ...layout, ...(history && { decisions: history.length }) })]),
    ...(dependencies === undefined ? [] : [dependenciesText(dependencies, screen)]),
  ].join('\n\n');
}
