import { renderText, renderWhyNot } from '@oneiric/core';
import stringWidth from 'string-width';

import type { Screen } from '../screen.js';
import type { Answer } from './answer.js';
import { dependenciesText } from './dependencies-text.js';

/** An explanation for people; with `--deep`, what the winner needs stands below it. */
export function explanationText({ explanation, whyNot, dependencies }: Answer, screen: Screen): string {
  const layout = { width: screen.width, palette: screen, measure: stringWidth };
  const told =
    whyNot === undefined ? renderText(explanation, layout) : renderWhyNot(whyNot, explanation, layout);
  return dependencies === undefined ? told : `${told}\n\n${dependenciesText(dependencies, screen)}`;
}
