// Loads configurations as a program does, outside of the test runner: one JSON line with texts in, a line for each out.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { buildRegistry, loadConfig, OneiricError } from '@oneiric/core';

const [folder = '.'] = process.argv.slice(2);
let count = 0;

/** @param {unknown} answer */
const tell = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
process.on('unhandledRejection', (error) => {
  tell({ kind: 'escaped', what: String(error) });
});

for await (const line of createInterface({ input: process.stdin })) {
  /** @type {{ extension: string, texts: readonly string[] }} */
  const { extension, texts } = JSON.parse(line);
  for (const text of texts) {
    const cwd = join(folder, `p${String(count++)}`);
    mkdirSync(cwd);
    writeFileSync(join(cwd, `oneiric.config.${extension}`), text);
    writeFileSync(join(cwd, 'make.ts'), 'export const make = () => new Map<string, number>();\n');
    tell(await outcomeOf(cwd));
    rmSync(cwd, { recursive: true });
  }
}

/** @param {string} cwd */
async function outcomeOf(cwd) {
  const startedAt = performance.now();
  try {
    const loaded = await loadConfig({
      cwd,
      env: { SECRET: 'hunter2' },
      timeoutMs: 2000,
      missingSecrets: 'note',
    });
    await buildRegistry(loaded);
    return { kind: 'loaded', shown: JSON.stringify(loaded.config), ms: performance.now() - startedAt };
  } catch (error) {
    const ms = performance.now() - startedAt;
    if (!OneiricError.is(error))
      return { kind: 'uncoded', what: String(error), stack: String(error?.stack), ms };
    const { code, message } = error;
    const places =
      'problems' in error.details ? error.details.problems.map(({ origin }) => origin) : undefined;
    return { kind: 'refused', code, message, places, ms };
  }
}
