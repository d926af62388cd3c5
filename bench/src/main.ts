// npm run bench [-- --quick] [--filter <part of a group's name>] [--save] [--strict]
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { GROUPS } from './groups/catalogue.js';
import { describeMachine } from './harness/machine.js';
import { type Report, renderReport } from './harness/report.js';
import { isMet, type Row } from './harness/row.js';
import { runChild } from './harness/run-child.js';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    filter: { type: 'string', default: '' },
    save: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});

const chosen = GROUPS.filter(({ name }) => name.includes(options.filter));
if (options.list || chosen.length === 0) {
  console.log(GROUPS.map(({ name }) => name).join('\n'));
  process.exit(options.list ? 0 : 2);
}

const machine = describeMachine();
const started = performance.now();
const rows: Row[] = [];
const failed: string[] = [];
for (const { name, flags } of chosen) {
  const begun = performance.now();
  try {
    const answer = await runChild({ group: name, quick: options.quick }, flags);
    if (answer.kind === 'rows') rows.push(...answer.rows);
    console.error(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  } catch (error) {
    failed.push(name);
    console.error(error instanceof Error ? error.message : error);
  }
}

const report: Report = {
  machine,
  quick: options.quick,
  seconds: (performance.now() - started) / 1000,
  rows,
};
const text = renderReport(report);
console.log(`\n${text}`);
const name = `node-${machine.node.split('.')[0] ?? ''}`;
for (const folder of ['../../reports/bench/', ...(options.save ? ['../results/'] : [])]) {
  const path = fileURLToPath(new URL(folder, import.meta.url));
  mkdirSync(path, { recursive: true });
  writeFileSync(`${path}${name}.json`, `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(`${path}${name}.md`, `${text}\n`);
  console.error(`Written to ${path}${name}.{json,md}`);
}
if (failed.length > 0) console.error(`Without figures, because their process failed: ${failed.join(', ')}.`);
if (failed.length > 0 || (options.strict && rows.some((row) => isMet(row) === false))) process.exitCode = 1;
