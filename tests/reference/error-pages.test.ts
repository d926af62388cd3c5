import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CLI_ERRORS } from '@oneiric/cli';
import { ERROR_CATALOGUE } from '@oneiric/core';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { root } from '../support/workspace.js';
import { ADVICE } from './error-advice.js';
import { TRIGGERS } from './error-triggers.js';
import type { Trigger } from './trigger.js';

const folder = join(root, 'docs', 'errors');
const update = process.env['UPDATE_DOCS'] === '1';
const summaries = new Map(
  Object.entries({ ...ERROR_CATALOGUE, ...CLI_ERRORS }).map(([code, { summary }]) => [code, summary]),
);

/** The error that a trigger ends with. */
async function bringAbout(trigger: Trigger): Promise<{ readonly code: unknown; readonly message: string }> {
  using place = createTemporaryFolder('errors');
  try {
    await trigger(place.path);
  } catch (error) {
    const { code, message } = error as Error & { code?: unknown };
    return { code, message: message.replaceAll(place.path, '/home/me/shop') };
  }
  throw new Error('nothing was thrown');
}

/** How long something took is different every time. */
function withoutTimes(message: string): string {
  return message.replaceAll(/(waited|after|for) \d+ ms/g, '$1 … ms');
}

function page(code: string, message: string): string {
  const [when, next] = ADVICE[code] ?? ['', ''];
  return [
    `# ${code}`,
    `**${summaries.get(code) ?? ''}**`,
    `## When it comes\n\n${when}`,
    `## What to do\n\n${next}`,
    `## What it looks like\n\n\`\`\`text\n${withoutTimes(message)}\n\`\`\`\n`,
  ].join('\n\n');
}

describe('every error code', () => {
  it('has a way to bring it about, and advice', () => {
    expect(Object.keys(TRIGGERS).sort()).toEqual([...summaries.keys()].sort());
    expect(Object.keys(ADVICE).sort()).toEqual([...summaries.keys()].sort());
  });

  it('has a page, and no page is about a code that does not exist', () => {
    mkdirSync(folder, { recursive: true });
    const index = [
      '# Error codes\n',
      ...[...summaries].map(([code, text]) => `- [${code}](${code}.md): ${text}`),
      '',
    ];
    if (update) writeFileSync(join(folder, 'README.md'), index.join('\n'));
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(index.join('\n'));
    expect(readdirSync(folder).sort()).toEqual(
      [...summaries.keys()]
        .map((code) => `${code}.md`)
        .concat('README.md')
        .sort(),
    );
  });

  it.each(Object.entries(TRIGGERS))(
    '%s comes with its code, and its page shows what it says',
    async (code, trigger) => {
      const error = await bringAbout(trigger);
      expect(error.code).toBe(code);
      const file = join(folder, `${code}.md`);
      if (update) writeFileSync(file, page(code, error.message));
      expect(readFileSync(file, 'utf8')).toBe(page(code, error.message));
    },
  );
});
