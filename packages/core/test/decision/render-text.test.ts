import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { decide } from '../../src/decision/decide.js';
import { renderText, renderWhyNot, type RenderTextOptions } from '../../src/decision/render-text.js';
import { whatIf } from '../../src/decision/what-if.js';
import { whyNot } from '../../src/decision/why-not.js';
import { aQuestion } from './a-question.js';
import { GOLDEN } from './golden-settings.js';
import { anySetting } from './some-settings.js';

const folder = join(import.meta.dirname, 'golden');
const update = process.env['UPDATE_GOLDEN'] === '1';

const texts = Object.entries(GOLDEN).flatMap(([name, { widths = [80], ...golden }]) =>
  widths.map((width) => ({ file: `${name}-${String(width)}.txt`, width, ...golden })),
);
const brackets = (text: string): string => `<${text}>`;
const painted: RenderTextOptions['palette'] = {
  strong: brackets,
  faint: brackets,
  good: brackets,
  bad: brackets,
  warn: brackets,
};

describe('an explanation as text', () => {
  it.each(texts)(
    'reads as in golden/$file',
    ({ file, setting, changes, width, whyNot: provider, ...options }) => {
      const question = aQuestion({ ...setting, revision: 7 });
      const explanation = changes === undefined ? decide(question) : whatIf(question, changes);
      const text =
        provider === undefined
          ? renderText(explanation, { width, ...options })
          : renderWhyNot(whyNot(explanation, provider), explanation, { width, ...options });
      if (update) writeFileSync(join(folder, file), `${text}\n`);
      expect(`${text}\n`).toBe(readFileSync(join(folder, file), 'utf8'));
    },
  );

  it('has a golden file for each of these, and no other', () => {
    expect(readdirSync(folder).sort()).toEqual(texts.map(({ file }) => file).sort());
  });

  it.each([40, 80, 200])('stays within %i columns, but for a single word that is wider', (width) => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const lines = renderText(decide(aQuestion(setting)), { width }).split('\n');
        expect(lines.filter((line) => line.length > width && line.trim().includes(' '))).toEqual([]);
        expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('takes the same lines painted as plain', () => {
    fc.assert(
      fc.property(anySetting, fc.constantFrom(40, 80), (setting, width) => {
        const explanation = decide(aQuestion(setting));
        const plain = renderText(explanation, { width });
        expect(renderText(explanation, { width, palette: painted }).replaceAll(/[<>]/g, '')).toBe(
          plain.replaceAll(/[<>]/g, ''),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('names every candidate, every code and every change that helps', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const explanation = decide(aQuestion(setting));
        const text = renderText(explanation, { width: 1000 });
        for (const report of explanation.candidates) {
          const words =
            report.state === 'filtered'
              ? [report.code]
              : report.state === 'shadowed'
                ? report.winsIf.map(({ change }) => change)
                : [];
          for (const word of [report.provider, ...words]) expect(text).toContain(word);
        }
        expect(text).toContain(explanation.fingerprint);
      }),
      { numRuns: 100 },
    );
  });

  it('lets no text from elsewhere steer the terminal', () => {
    const evil = 'a\u001b[31m\u0007b\r\nc\u202ed\u0000\u2028e\ud800f';
    const text = renderText(
      decide(aQuestion({ offers: [{ marks: { LOAD_FAILED: evil }, source: { kind: 'plugin', id: evil } }] })),
      { width: 500 },
    );
    expect(text.replaceAll('\n', ' ')).not.toMatch(/\p{C}/u);
    expect(text).toContain('a\\u{1b}[31m\\u{7}b c\\u{202e}d\\u{0} e\\u{d800}f');
  });

  it('measures as it is told, so that wide characters take two columns', () => {
    const wide = (text: string): number =>
      Array.from(text).reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0);
    const explanation = decide(
      aQuestion({ offers: [{ marks: { PAUSED: Array(40).fill('保守').join(' ') } }] }),
    );
    const lines = renderText(explanation, { width: 40, measure: wide }).split('\n');
    expect(Math.max(...lines.filter((line) => line.includes('保')).map(wide))).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.includes('保')).length).toBeGreaterThan(4);
  });

  it('says a tie loudly, and what to do about it', () => {
    const text = renderText(decide(aQuestion({ offers: [{ provider: 'a' }, { provider: 'b' }] })));
    expect(text).toMatch(/^TIE: b wins over a/m);
    expect(text.replaceAll('\n', ' ')).toContain('Break the tie');
  });

  it('tells candidates of one provider apart, and writes changes as they are read', () => {
    const text = renderText(
      decide(aQuestion({ offers: [{ provider: 'a' }, { provider: 'a', priority: 3 }] })),
    );
    expect(text).toContain('a#1 lost to a#2');
    expect(text).toContain('priority(a#1)=4');
  });
});
