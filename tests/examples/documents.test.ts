import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { describeDocument } from '../support/describe-document.js';
import { readExamples } from '../support/examples.js';
import { ReaderProject } from '../support/reader-project.js';
import type { TemporaryFolder } from '../support/temporary-folder.js';
import { publicPackages, root } from '../support/workspace.js';
import { createLinkedProject } from './linked-project.js';

const folders: TemporaryFolder[] = [];

afterAll(() => {
  for (const folder of folders) folder[Symbol.dispose]();
});

const guides = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .sort()
  .map((file) => join(root, 'docs', file));
const readmes = [root, ...publicPackages.map(({ folder }) => folder)].map((folder) =>
  join(folder, 'README.md'),
);

for (const file of [...readmes, ...guides].filter((candidate) => existsSync(candidate))) {
  describeDocument(file, () => {
    const folder = createLinkedProject();
    folders.push(folder);
    return new ReaderProject(folder.path);
  });
}

describe('the README', () => {
  it('shows examples that run', () => {
    const examples = readExamples(readFileSync(join(root, 'README.md'), 'utf8'));
    expect(examples.filter(({ kind }) => kind === 'run')).not.toEqual([]);
  });
});
