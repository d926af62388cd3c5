import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DOCTOR_CATALOGUE } from '@oneiric/core';
import { root } from '../support/workspace.js';

const file = join(root, 'docs', 'doctor.md');

function page(): string {
  const entries = Object.entries(DOCTOR_CATALOGUE).map(
    ([code, { severity, title, meaning, remedy }]) =>
      `## ${code}\n\n**${title}.** (${severity})\n\n${meaning}\n\nWhat to do: ${remedy}\n`,
  );
  return [
    '# What `oneiric doctor` finds\n',
    'The gravest first. Errors make the command end with 2; warnings and notes do not.\n',
    ...entries,
  ].join('\n');
}

describe('the page about what doctor finds', () => {
  it('describes every finding with the words that the command prints', () => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, page());
    expect(readFileSync(file, 'utf8')).toBe(page());
  });

  it('has the gravest findings first', () => {
    const order = ['error', 'warning', 'note'];
    const severities = Object.values(DOCTOR_CATALOGUE).map(({ severity }) => order.indexOf(severity));
    expect(severities).toEqual([...severities].sort());
  });
});
