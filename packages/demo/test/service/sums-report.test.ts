import { stripVTControlCharacters } from 'node:util';

import { screenOf, widthOf } from '../../src/screen.js';
import { figuresLine, showFigures } from '../../src/service/figures-line.js';
import { isFine, type Sums } from '../../src/service/sums.js';
import { reportSums } from '../../src/service/sums-report.js';

const SUMS: Sums = {
  name: 'places',
  pid: 4711,
  seconds: 12.345,
  jobs: { done: 12_345, wrong: 0, failed: 0 },
  calls: { begun: 61_725, answered: 61_725, refused: 0, withdrawn: 0, lost: 0, onClosed: 0 },
  forgotten: 3,
  swaps: 11,
  instances: { started: 18, closedOnce: 18 },
  problems: [],
  isFine: true,
};
const BAD: Sums = {
  ...SUMS,
  jobs: { done: 12_344, wrong: 0, failed: 1 },
  calls: { ...SUMS.calls, answered: 61_720, refused: 1, withdrawn: 2, lost: 2 },
  instances: { started: 18, closedOnce: 17 },
  problems: ['adapter/compressor is paused, and did not come back within 30 s.'],
  isFine: false,
};

it('says what was done when nothing was lost', () => {
  expect(reportSums(SUMS, screenOf(80, false))).toEqual([
    'places has stopped after 12.3 s.',
    '',
    '  jobs       12,345  1,000 a second',
    '  wrong           0',
    '  failed          0',
    '  calls      61,725  on live handles',
    '  answered   61,725',
    '  refused         0',
    '  withdrawn       0',
    '  lost            0',
    '  swaps          11',
    '  forgotten       3  by the cache',
    '  instances      18  each closed once',
    '',
    '  Nothing was lost: every byte came back as it was.',
  ]);
});

it('says what is wrong', () => {
  const lines = reportSums(BAD, screenOf(80, false));
  expect(lines).toContain('  lost            2');
  expect(lines).toContain('  withdrawn       2  they waited for what is paused');
  expect(lines).toContain('  instances      18  1 of them not closed once');
  expect(lines.slice(-2)).toEqual([
    '  adapter/compressor is paused, and did not come back within 30 s.',
    '  Something is wrong: see above.',
  ]);
});

it.each([
  ['nothing', {}, true],
  ['a wrong answer', { jobs: { ...SUMS.jobs, wrong: 1 } }, false],
  ['a job that failed', { jobs: { ...SUMS.jobs, failed: 1 } }, false],
  ['a lost call', { calls: { ...SUMS.calls, lost: 1 } }, false],
  ['a refused call', { calls: { ...SUMS.calls, refused: 1 } }, false],
  ['a call on what was closed', { calls: { ...SUMS.calls, onClosed: 1 } }, false],
  ['a call that was given up', { calls: { ...SUMS.calls, withdrawn: 1 } }, true],
  ['an instance that was not closed once', { instances: { started: 8, closedOnce: 7 } }, false],
  ['anything else', { problems: ['odd'] }, false],
])('with %s besides, is fine or not', (_, besides, expected) => {
  expect(isFine({ ...SUMS, ...besides })).toBe(expected);
});

describe.each([40, 80])('in %i columns', (width) => {
  it.each([
    ['fine', SUMS],
    ['bad', BAD],
  ])('no line of %s sums is wider, and colour changes no word', (_, sums) => {
    const coloured = reportSums(sums, screenOf(width, true));
    expect(coloured.filter((line) => widthOf(line) > width)).toEqual([]);
    expect(coloured.map(stripVTControlCharacters)).toEqual(reportSums(sums, screenOf(width, false)));
  });
});

describe('the figures', () => {
  const FIGURES = { done: 1_234_567, inFlight: 8, failed: 0, swaps: 12 };

  it.each([
    [80, '  1,234,567 jobs · 0 failed · 12 swaps · 8 in flight'],
    [40, '  1,234,567 jobs · 0 failed · 12 swaps'],
    [30, '  1,234,567 jobs · 0 failed'],
  ])('are as much as fits %i columns', (width, line) => {
    expect(figuresLine(FIGURES, width)).toBe(line);
    expect(figuresLine({ ...FIGURES, swaps: 1 }, 80)).toContain('1 swap ·');
  });

  it('are one line on a terminal that goes at the end, and elsewhere lines', () => {
    const shown = (isTTY: boolean): string => {
      let text = '';
      const stream = { isTTY, columns: 40, write: (more: string) => (text += more) };
      showFigures(stream, () => FIGURES)[Symbol.dispose]();
      return text;
    };
    expect(shown(true)).toBe('\r\u001b[K');
    expect(shown(false)).toBe('');
  });
});
