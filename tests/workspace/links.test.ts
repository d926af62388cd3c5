import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../support/workspace.js';

const documents = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...['docs', 'examples', 'packages', 'bench', 'tests'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
      .map((file) => join(folder, file)),
  ),
];

describe('a link inside the repository', () => {
  it.each(documents)('leads to a file and a heading that exist, in %s', (document) => {
    const file = join(root, document);
    expect(linksIn(readFileSync(file, 'utf8')).filter((link) => !leadsSomewhere(file, link))).toEqual([]);
  });
});

function linksIn(markdown: string): string[] {
  const prose = markdown.replaceAll(/^(`{3,})[^]*?^\1/gm, '').replaceAll(/`[^`\n]*`/g, 'code');
  const links = [...prose.matchAll(/\]\((?<link>[^)\s]+)\)/g)].map(({ groups }) => groups?.['link'] ?? '');
  return links.filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? from : resolve(dirname(from), path);
  if (!existsSync(target) || relative(root, target).startsWith('..')) return false;
  if (heading === undefined) return true;
  return statSync(target).isFile() && headingsIn(readFileSync(target, 'utf8')).includes(heading);
}

/** As GitHub and most renderers name them. */
function headingsIn(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ +(?<title>.+)$/gm)].map(({ groups }) =>
    (groups?.['title'] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}
