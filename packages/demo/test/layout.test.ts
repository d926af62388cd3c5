import fc from 'fast-check';

import { table, wrap } from '../src/layout.js';
import { screenOf, widthOf } from '../src/screen.js';

const words = fc.array(fc.stringMatching(/^[a-z→]{1,30}$/), { minLength: 1, maxLength: 20 });
const width = fc.integer({ min: 30, max: 100 });

it('wraps every text within the width and loses nothing of it', () => {
  fc.assert(
    fc.property(words, width, (parts, columns) => {
      const lines = wrap(parts.join(' '), columns, '  name  ');
      expect(lines.every((line) => widthOf(line) <= columns)).toBe(true);
      expect(lines.join('').replaceAll(' ', '')).toBe(`name${parts.join('')}`);
    }),
  );
});

it('keeps a table within the width and every cell in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(words, words, words), { minLength: 1, maxLength: 5 }),
      width,
      (rows, columns) => {
        const cells = rows.map((row) => row.map((cell) => cell.join(' ')));
        const lines = table(
          cells.map(([title = '', amount = '', by = '']) => [title, { right: amount }, by]),
          columns,
        );
        const text = lines.join('').replaceAll(/[ ,:]/g, '');
        expect(lines.every((line) => widthOf(line) <= columns)).toBe(true);
        expect(text).toBe(cells.flat().join('').replaceAll(' ', ''));
      },
    ),
  );
});

it('lines columns up: words on the left, numbers on the right', () => {
  expect(
    table(
      [
        ['read', { right: '5 ms' }, 'stream'],
        ['compress', { right: '412 ms' }, 'brotli'],
      ],
      80,
    ),
  ).toEqual(['  read        5 ms  stream', '  compress  412 ms  brotli']);
});

it('turns a row that does not fit into a paragraph', () => {
  expect(table([['compress', '17.1 MB → 3.1 MB', { right: '412 ms' }, '', 'brotli']], 30)).toEqual([
    '  compress: 17.1 MB → 3.1 MB,',
    '    412 ms, brotli',
  ]);
});

it('measures text without its colours', () => {
  const screen = screenOf(80, true);
  expect(screen.strong('name')).not.toBe('name');
  expect(widthOf(screen.strong('name'))).toBe(4);
});
