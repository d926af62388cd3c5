import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runWell } from '../support/run.js';

/** What came of one step of `load-references.mjs`. */
export interface Outcome {
  readonly step: string;
  readonly code?: string;
  readonly rule?: string;
  readonly nearest?: string;
  readonly message?: string;
  readonly type?: string;
  readonly value?: unknown;
  readonly returned?: unknown;
  /** The number of the value; the same one, the same number. */
  readonly same?: number;
  readonly file?: string;
  readonly digest?: string;
  readonly lines?: readonly Outcome[];
}

export interface Step {
  readonly do: 'load' | 'locate' | 'call' | 'import' | 'require' | 'write' | 'worker';
  readonly [name: string]: unknown;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Takes the steps in one process of its own, whose import() is Node's. */
export async function takeSteps(
  projectDir: string,
  steps: readonly Step[],
  options: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<readonly Outcome[]> {
  const job = join(dirname(projectDir), 'job.json');
  writeFileSync(job, JSON.stringify({ options, steps }));
  const script = fileURLToPath(new URL('load-references.mjs', import.meta.url));
  const output = await runWell(NODE, [script, projectDir, job], { cwd: projectDir, env });
  return output
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Outcome);
}

/** Another Node can be given to try these tests with it. */
export const NODE = process.env['ONEIRIC_TEST_NODE'] ?? process.execPath;
