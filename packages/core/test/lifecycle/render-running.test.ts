import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import type { LayoutOptions } from '../../src/decision/text-layout.js';
import { renderPlan, renderSwapReport } from '../../src/lifecycle/render-plan.js';
import { renderRunning } from '../../src/lifecycle/render-running.js';
import { PLANS, RUNNING, SWAPS } from './golden-reports.js';

const folder = join(import.meta.dirname, 'golden');
const update = process.env['UPDATE_GOLDEN'] === '1';

type Render = (options: LayoutOptions) => string;

function goldens<T>(
  kind: string,
  all: Readonly<Record<string, { readonly report: T; readonly widths?: readonly number[] }>>,
  render: (report: T, options: LayoutOptions) => string,
): readonly { readonly file: string; readonly width: number; readonly render: Render }[] {
  return Object.entries(all).flatMap(([name, { report, widths = [80] }]) =>
    widths.map((width) => ({
      file: `${kind}-${name}-${String(width)}.txt`,
      width,
      render: (options: LayoutOptions) => render(report, options),
    })),
  );
}

const texts = [
  ...goldens('running', RUNNING, renderRunning),
  ...goldens('plan', PLANS, renderPlan),
  ...goldens('swap', SWAPS, renderSwapReport),
];
const brackets = (text: string): string => `<${text}>`;
const palette = { strong: brackets, faint: brackets, good: brackets, bad: brackets, warn: brackets };

describe('what runs, a plan and what a swap did, as text', () => {
  it.each(texts)('reads as in golden/$file', ({ file, width, render }) => {
    const text = `${render({ width })}\n`;
    if (update) writeFileSync(join(folder, file), text);
    expect(text).toBe(readFileSync(join(folder, file), 'utf8'));
  });

  it('has a golden file for each of these, and no other', () => {
    expect(readdirSync(folder).sort()).toEqual(texts.map(({ file }) => file).sort());
  });

  it.each([20, 40, 80, 200])('stays within %i columns, but for a single word that is wider', (width) => {
    for (const { render } of texts) {
      const lines = render({ width }).split('\n');
      expect(lines.filter((line) => line.length > width && /\S \S/.test(line.trim()))).toEqual([]);
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    }
  });

  it('takes the same lines painted as plain', () => {
    for (const { render, width } of texts) {
      expect(render({ width, palette }).replaceAll(/[<>]/g, '')).toBe(
        render({ width }).replaceAll(/[<>]/g, ''),
      );
    }
  });

  it('lets no text from elsewhere steer the terminal', () => {
    const evil = 'a\u001b[31m\u0007b\r\nc\u202ed';
    const { report } = RUNNING['failed']!;
    const name = { provider: 'redis', version: evil };
    const texts = [
      renderRunning({
        ...report,
        running: { ...report.running, running: name, winner: name },
        lifecycle: {
          ...report.lifecycle,
          lastGood: name,
          lastSwap: {
            operation: 'swap',
            from: name,
            to: name,
            durationMs: 1,
            problems: [[{ message: evil }]],
          },
          failure: { provider: 'redis', causes: [{ code: evil, message: evil }] },
        },
        retiring: [{ ...name, inFlight: 1 }],
      }),
      renderPlan({ ...PLANS['swap']!.report, from: name, to: name, because: evil }),
      renderSwapReport({ ...SWAPS['swapped']!.report, from: name, to: name, problems: [new Error(evil)] }),
    ];
    for (const text of texts) expect(text.replaceAll('\n', ' ')).not.toMatch(/\p{C}/u);
  });

  it('shows as many of the last decisions as it is asked for, and says how many there are before', () => {
    const { report } = RUNNING['swapped']!;
    expect(renderRunning(report, { decisions: 1 })).toMatch(/revision 9: .*\n.*\n {2}and 1 earlier$/);
    expect(renderRunning(report, { decisions: 0 })).toMatch(/\n {2}and 2 earlier$/);
  });
});
