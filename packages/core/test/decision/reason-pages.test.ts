import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { decide } from '../../src/decision/decide.js';
import { FILTER_RULES } from '../../src/decision/filter-rules.js';
import { FILTER_WORDING } from '../../src/decision/filter-wording.js';
import { FILTER_CODES } from '../../src/decision/finding.js';
import { RANK_RULE_NAMES, RANK_RULES } from '../../src/decision/rank-rules.js';
import { RANK_WORDING } from '../../src/decision/rank-wording.js';
import { renderText } from '../../src/decision/render-text.js';
import { aQuestion } from './a-question.js';
import { REASON_EXAMPLES } from './reason-examples.js';

const folder = join(import.meta.dirname, '../../../../docs/reasons');
const update = process.env['UPDATE_DOCS'] === '1';

const WORDING = { ...FILTER_WORDING, ...RANK_WORDING };
const names = [...FILTER_CODES, ...RANK_RULE_NAMES];

function page(name: keyof typeof WORDING): string {
  const { title, meaning, remedy } = WORDING[name];
  return [
    `# ${name}`,
    `**${title}.**`,
    `## What it means\n\n${meaning}`,
    `## What to do\n\n${remedy}`,
    `## What it looks like\n\n\`\`\`text\n${renderText(decide(aQuestion(REASON_EXAMPLES[name])))}\n\`\`\`\n`,
  ].join('\n\n');
}

function index(): string {
  const entry = (name: keyof typeof WORDING): string => `- [${name}](${name}.md): ${WORDING[name].title}.`;
  return [
    '# Reasons',
    'Every reason that an explanation gives is a rule with a name. Candidates first pass the filter, then they are ranked.',
    '## The filter',
    'A candidate is asked these rules in this order, and the first that rejects it gives the code.',
    FILTER_RULES.map(({ code }) => entry(code)).join('\n'),
    '## The ranking',
    'Those that pass are compared by these rules in this order, higher first, and the first that differs decides.',
    `${RANK_RULES.map((rule) => entry(rule.name)).join('\n')}\n`,
  ].join('\n\n');
}

function expectFile(file: string, text: string): void {
  if (update) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
}

describe('the pages of reasons', () => {
  it('list the rules in the order in which they are asked', () => expectFile('README.md', index()));

  it.each(names)('say what %s means and what to do about it, as the report does', (name) => {
    expectFile(`${name}.md`, page(name));
  });

  it('are about every reason, and about nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual([...names, 'README'].map((name) => `${name}.md`).sort());
  });

  it.each(names)('show %s in an example in which it plays its part', (name) => {
    const { candidates, decidedBy } = decide(aQuestion(REASON_EXAMPLES[name]));
    const codes = candidates.flatMap((report) => (report.state === 'filtered' ? [report.code] : []));
    expect([...codes, decidedBy]).toContain(name);
  });
});
