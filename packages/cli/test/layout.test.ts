import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import stringWidth from 'string-width';

import { renderExcerpt } from '../src/render-excerpt.js';
import { renderTable } from '../src/render-table.js';
import { createScreen } from '../src/screen.js';
import { wrap } from '../src/wrap.js';

const screenOf = (width: number) =>
  createScreen({ write: () => undefined, isTTY: false, columns: undefined }, { COLUMNS: String(width) });
const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'ö', '漢', '🙂', '-') });

describe('wrapped text', () => {
  it('keeps every word and stays within its width', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), fc.integer({ min: 24, max: 60 }), (words, width) => {
        const lines = wrap(words.join(' '), width, { first: '- ', rest: '  ' });
        expect(lines.map((line) => line.slice(2)).join(' ')).toBe(words.join(' '));
        for (const line of lines)
          expect(stringWidth(line) <= width || !line.slice(2).includes(' ')).toBe(true);
      }),
    );
  });
});

describe('a table', () => {
  const rows = [
    ['adapter/cache', 'redis', '@acme/oneiric-redis 2.1.0'],
    ['dienst/größe', '漢字', 'oneiric.config.yaml:3'],
  ];

  it('lines its columns up, wide characters included', () => {
    expect(renderTable(['KEY', 'WINNER', 'FROM'], rows, screenOf(80)).split('\n')).toEqual([
      'KEY            WINNER  FROM',
      'adapter/cache  redis   @acme/oneiric-redis 2.1.0',
      'dienst/größe   漢字    oneiric.config.yaml:3',
    ]);
  });

  it('wraps its last column where that is enough', () => {
    expect(renderTable(['KEY', 'WINNER', 'FROM'], rows.slice(0, 1), screenOf(44)).split('\n')).toEqual([
      'KEY            WINNER  FROM',
      'adapter/cache  redis   @acme/oneiric-redis',
      '                       2.1.0',
    ]);
  });

  it('becomes one block for each row where the screen is too narrow', () => {
    expect(renderTable(['KEY', 'WINNER', 'FROM'], rows.slice(0, 1), screenOf(30)).split('\n')).toEqual([
      'KEY     adapter/cache',
      'WINNER  redis',
      'FROM    @acme/oneiric-redis',
      '        2.1.0',
    ]);
  });

  it('shows every cell at any width', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 20, max: 60 }),
        (cells, width) => {
          const shown = renderTable(['A', 'B', 'C'], cells, screenOf(width));
          for (const cell of cells.flat()) expect(shown).toContain(cell);
        },
      ),
    );
  });
});

describe('an excerpt', () => {
  const mark = (text: string, column: number, width = 80) =>
    renderExcerpt([{ number: 7, text }], { line: 7, column }, screenOf(width));

  it('marks the column', () => {
    expect(mark('cache: redis', 8)).toEqual(['  7 | cache: redis', '    |        ^']);
  });

  it('marks the right place behind wide characters and tabs', () => {
    expect(mark('\t漢字: x', 6)).toEqual(['  7 |  漢字: x', '    |        ^']);
  });

  it('shows the part of a long line that has the place, and no more than fits', () => {
    const [line = '', caret = ''] = mark(`${'a'.repeat(500)}X${'b'.repeat(500)}`, 501, 60);
    expect(stringWidth(line)).toBeLessThanOrEqual(60);
    expect(line.charAt(caret.indexOf('^'))).toBe('X');
  });

  it('shows the place on a screen that has hardly any room', () => {
    const [line = '', caret = ''] = mark(`${'a'.repeat(50)}X${'b'.repeat(50)}`, 51, 20);
    expect(stringWidth(line)).toBeLessThanOrEqual(20);
    expect(line.charAt(caret.indexOf('^'))).toBe('X');
  });

  it('marks the right place behind an invisible character of two code units', () => {
    const [line = '', caret = ''] = mark('a\u{e0001}X', 4);
    expect(line.charAt(caret.indexOf('^'))).toBe('X');
  });

  it('lets no control character of the file reach the terminal', () => {
    // eslint-disable-next-line no-control-regex -- those are what it looks for
    expect(mark('a\u001b[2J\u0007\u202eb', 1).join('\n')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});
