import { wrap } from './layout.js';
import type { Screen } from './screen.js';

/** Where a report goes, line by line as it comes about. */
export interface Stage {
  readonly screen: Screen;
  readonly print: (...lines: readonly string[]) => void;
  /** Begins a part of the report. */
  readonly chapter: (title: string) => void;
  /** Says something in sentences. */
  readonly say: (text: string, paint?: (line: string) => string) => void;
}

export function createStage(screen: Screen, write: (line: string) => void): Stage {
  const print = (...lines: readonly string[]): void => {
    for (const line of lines) write(line);
  };
  return {
    screen,
    print,
    chapter: (title) => {
      print('', ...wrap(title, screen.width).map(screen.strong), '');
    },
    say: (text, paint = String) => {
      print(...wrap(text, screen.width, '  ').map(paint));
    },
  };
}
