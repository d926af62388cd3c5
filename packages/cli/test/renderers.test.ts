import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parse as parseDot } from '@ts-graphviz/ast';
import { describe, expect, it } from '@jest/globals';
import {
  CandidateRegistry,
  dependenciesOf,
  dependencyGraph,
  printable,
  type CandidateInput,
} from '@oneiric/core';
import fc from 'fast-check';
import { marked } from 'marked';
import stringWidth from 'string-width';

import { dependenciesText } from '../src/renderers/dependencies-text.js';
import type { Diagram } from '../src/renderers/diagram.js';
import { diagramDot } from '../src/renderers/diagram-dot.js';
import { diagramMermaid } from '../src/renderers/diagram-mermaid.js';
import { graphText } from '../src/renderers/graph-text.js';
import { markdownCode, markdownTable, markdownText } from '../src/renderers/markdown.js';
import { shortPath } from '../src/renderers/short-path.js';
import { createScreen } from '../src/screen.js';

const screenOf = (width: number) =>
  createScreen({ write: () => undefined, isTTY: false, columns: undefined }, { COLUMNS: String(width) });

/** Whatever a name, a package, a path or a note may hold, and all that means something in some language. */
const HOSTILE = [
  'end',
  'graph',
  'subgraph',
  'A-._Z',
  '@acme/oneiric 1.0.0',
  'a"b',
  'a\\"b\\',
  '\\N\\l',
  '`tick` ``two``',
  '`',
  'a|b',
  '\\|',
  '<b onclick="x">&lt;&amp;#35;',
  '%%{init}%%',
  '[x](javascript:y) ![z](w)',
  '**bold** _it_ ~~no~~ $x$',
  '# no heading',
  '- no list',
  '漢字 größe 🙂',
  'click n0 href "x"; style n0 fill:red',
  '{"a":1}',
  ']] }} )) -->',
] as const;

const anyText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ minLength: 1, unit: 'grapheme' }));

function diagramOf(texts: readonly string[]): Diagram {
  return {
    nodes: texts.map((text, index) => ({
      id: `${index} ${text}`,
      lines: [text, 'second'],
      look: index % 2 === 0 ? 'key' : 'missing',
    })),
    edges: texts.map((text, index) => ({
      from: `${index} ${text}`,
      to: `0 ${texts[0] ?? ''}`,
      label: text,
      isBroken: index % 2 === 0,
    })),
  };
}

describe('a drawing in the DOT language', () => {
  it('is read by a parser of it with every node and edge, whatever their words are', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (texts) => {
        const [graph] = parseDot(diagramDot(diagramOf(texts))).children;
        const kinds = graph?.type === 'Graph' ? graph.children.map(({ type }) => type) : [];
        expect(kinds.filter((kind) => kind === 'Node')).toHaveLength(texts.length);
        expect(kinds.filter((kind) => kind === 'Edge')).toHaveLength(texts.length);
      }),
      { numRuns: 500 },
    );
  });

  it('escapes what ends a string, and what Graphviz reads inside of one', () => {
    const dot = diagramDot({ nodes: [{ id: 'n', lines: ['a"b\\N&lt;'], look: 'key' }], edges: [] });
    expect(dot).toContain('label="a\\"b\\\\N&amp;lt;"');
  });
});

describe('a drawing in the Mermaid language', () => {
  /** Until it draws, Mermaid keeps the number of a character in this form. */
  const decoded = (label: string): string =>
    label.replaceAll(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));

  it('is read by its own parser with the very words that it was made of', () => {
    const texts = fc.sample(anyText, { numRuns: 200, seed: 42 });
    const charts = [HOSTILE, ...texts.map((text) => [text])];
    const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'parse-mermaid.mjs')], {
      input: JSON.stringify(charts.map((each) => diagramMermaid(diagramOf(each)))),
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(stderr).toBe('');
    const read = JSON.parse(stdout) as readonly {
      readonly nodes: readonly { readonly id: string; readonly label: string }[];
      readonly edges: readonly { readonly label: string }[];
    }[];
    for (const [index, chart] of charts.entries()) {
      expect(read[index]?.nodes.map(({ id }) => id)).toEqual(chart.map((_, number) => `n${number}`));
      expect(read[index]?.edges).toHaveLength(chart.length);
      expect(read[index]?.nodes.map(({ label }) => decoded(label))).toEqual(
        chart.map((text) => `${printable(text)}<br/>second`),
      );
      expect(read[index]?.edges.map(({ label }) => decoded(label))).toEqual(chart.map(printable));
    }
  }, 120_000);
});

describe('Markdown', () => {
  const plain = (html: string): string =>
    html
      .replaceAll(/<\/?(?:p|code|td)>|\n/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  const cells = (markdown: string): readonly string[] =>
    Array.from(String(marked.parse(markdown)).matchAll(/<td>(.*?)<\/td>/gs), ([, cell = '']) => plain(cell));

  it.each(HOSTILE)('shows %j in a cell as text, and as code, as it is', (text) => {
    const table = markdownTable(['a', 'b', 'c'], [[markdownText(text), markdownCode(text), 'end']]).join(
      '\n',
    );
    expect(cells(table)).toEqual([text, text, 'end']);
  });

  it('keeps every cell of a table in its column, whatever is in them', () => {
    fc.assert(
      fc.property(anyText, anyText, (first, second) => {
        const table = markdownTable(['a', 'b', 'c'], [[markdownText(first), markdownCode(second), 'end']]);
        expect(cells(table.join('\n'))).toHaveLength(3);
        expect(cells(table.join('\n'))[2]).toBe('end');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a path', () => {
  it('is shown whole, and of a very long one both ends and how much is between', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `k${index}`);
    expect(shortPath(keys.slice(0, 3))).toBe('k0 → k1 → k2');
    expect(shortPath(keys.slice(0, 21))).toContain('k9 → k10 → k11');
    expect(shortPath(keys)).toContain('k9 → … 980 more … → k990');
  });
});

describe('what a winner needs, as text', () => {
  const factory = () => null;
  const registryOf = async (inputs: readonly Omit<CandidateInput, 'factory' | 'domain'>[]) => {
    const registry = new CandidateRegistry();
    await registry.registerAll(inputs.map((input) => ({ domain: 'app', factory, ...input })));
    return registry;
  };

  it('explains each key once and refers back, also in a cycle', async () => {
    const registry = await registryOf([
      { key: 'a', inject: { b: 'b', c: 'c' } },
      { key: 'b', inject: { c: 'c' } },
      { key: 'c', inject: { a: 'a' } },
    ]);
    expect(
      dependenciesText(dependenciesOf(registry, registry.explain('app', 'a')), screenOf(80)).split('\n'),
    ).toEqual([
      'Depends on',
      '  app/b (inject b)',
      '    default wins: the only candidate.',
      '    app/c (inject c)',
      '      default wins: the only candidate.',
      '      app/a (inject a), see above',
      '  app/c (inject c), see above',
      '',
      'Cycles',
      '  app/a → app/c → app/a',
    ]);
  });

  it('stays within the screen at any depth, and short', async () => {
    const depth = 3000;
    const registry = await registryOf(
      Array.from({ length: depth }, (_, index) => ({ key: `k${index}`, inject: { next: `k${index + 1}` } })),
    );
    const graph = dependenciesOf(registry, registry.explain('app', 'k0'));
    const shown = dependenciesText(graph, screenOf(60));
    for (const line of shown.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(60);
    expect(shown.length).toBeLessThan(depth * 200);
    expect(shown).toContain('[2999] app/k2999 (inject next)');
  });

  it('stays within the screen for a whole project of long names', async () => {
    const long = 'n'.repeat(20);
    const registry = await registryOf([
      { key: `${long}.a`, provider: long, inject: { [long]: `${long}.b` } },
      { key: 'b', requires: ['c'] },
    ]);
    for (const width of [60, 80, 200]) {
      for (const line of graphText(dependencyGraph(registry), screenOf(width)).split('\n'))
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});
