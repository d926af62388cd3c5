// Reads flowcharts, a JSON array of texts, from stdin with Mermaid's own parser, and writes what each consists of.
// Mermaid asks a browser to clean the labels of HTML, and here is none: that step alone is left out.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const near = createRequire(import.meta.resolve('mermaid'));
const file = join(dirname(near.resolve('dompurify')), 'purify.es.mjs');
const { default: purify } = await import(pathToFileURL(file).href);
Object.assign(purify, { addHook: () => undefined, sanitize: (label) => label });

const { default: mermaid } = await import('mermaid');
const answers = [];
for (const chart of JSON.parse(await text(process.stdin))) {
  await mermaid.parse(chart);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(chart);
  answers.push({
    nodes: Array.from(db.getVertices().values(), ({ id, text: label }) => ({ id, label })),
    edges: db.getEdges().map(({ start, end, text: label }) => ({ start, end, label })),
  });
}
process.stdout.write(JSON.stringify(answers));
