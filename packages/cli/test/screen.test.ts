import { describe, expect, it } from '@jest/globals';

import { createScreen } from '../src/screen.js';

const pipe = { write: () => undefined, isTTY: false, columns: undefined };
const terminal = { write: () => undefined, isTTY: true, columns: 120 };
const RED = '\u001b[31mx\u001b[39m';

describe('a screen', () => {
  it.each([
    ['a terminal', terminal, {}, 120],
    ['a terminal, whatever COLUMNS says', terminal, { COLUMNS: '40' }, 120],
    ['a pipe', pipe, {}, 80],
    ['a pipe with COLUMNS', pipe, { COLUMNS: '200' }, 200],
    ['a pipe with nonsense in COLUMNS', pipe, { COLUMNS: 'wide' }, 80],
    ['a pipe with COLUMNS=0', pipe, { COLUMNS: '0' }, 80],
    ['a pipe with hardly any COLUMNS', pipe, { COLUMNS: '3' }, 20],
    ['a terminal that does not know its width', { ...terminal, columns: undefined }, { COLUMNS: '50' }, 50],
  ])('has the width of %s', (_, output, env, width) => {
    expect(createScreen(output, env).width).toBe(width);
  });

  it.each([
    ['is on a terminal', terminal, {}, RED],
    ['is off in a pipe', pipe, {}, 'x'],
    ['is off with NO_COLOR', terminal, { NO_COLOR: '1' }, 'x'],
    ['is on with an empty NO_COLOR', terminal, { NO_COLOR: '' }, RED],
    ['is off on a dumb terminal', terminal, { TERM: 'dumb' }, 'x'],
    [
      'is on with FORCE_COLOR, even in a pipe and beside NO_COLOR',
      pipe,
      { FORCE_COLOR: '1', NO_COLOR: '1' },
      RED,
    ],
    ['is off with FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, 'x'],
  ])('colour %s', (_, output, env, painted) => {
    expect(createScreen(output, env).bad('x')).toBe(painted);
  });
});
