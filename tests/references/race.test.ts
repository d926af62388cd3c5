import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';

import { runWell } from '../support/run.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { NODE } from './reference-project.js';

interface RaceReport {
  /** How often what was loaded, by what was exchanged. */
  readonly loaded: Readonly<Record<string, number>>;
  /** How often what was refused, by its code. */
  readonly codes: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
  /** How often a module of the project ran, and one that must not. */
  readonly own: number;
  readonly foreign: number;
  readonly swaps: number;
  readonly durationMs: number;
}

const ROUNDS = 1000;
const SEED = Number(process.env['ONEIRIC_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const folders: TemporaryFolder[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) folder[Symbol.dispose]();
});

async function race(rounds: string): Promise<RaceReport> {
  const folder = createTemporaryFolder('race');
  folders.push(folder);
  mkdirSync(join(folder.path, 'project'));
  const script = fileURLToPath(new URL('race-references.mjs', import.meta.url));
  return JSON.parse(
    await runWell(NODE, [script, folder.path, rounds, String(SEED)], { cwd: folder.path }),
  ) as RaceReport;
}

describe(`files that are exchanged while they are loaded (ONEIRIC_SEED=${String(SEED)})`, () => {
  it(`give ${String(ROUNDS)} times what was checked, or a code`, async () => {
    const report = await race(String(ROUNDS));
    const loaded = Object.values(report.loaded).reduce((sum, each) => sum + each, 0);
    const refused = Object.values(report.codes).reduce((sum, each) => sum + each, 0);
    process.stderr.write(
      `seed ${String(SEED)}: ${String(loaded)} loaded, ${String(refused)} refused (${JSON.stringify(report.codes)}), ` +
        `${String(report.foreign)} foreign; ${String(report.swaps)} exchanges in ${String(report.durationMs)} ms\n`,
    );
    expect(report).toMatchObject({ foreign: 0, wrong: [], own: loaded });
    expect(loaded + refused).toBe(ROUNDS);
    expect(Math.min(loaded, refused)).toBeGreaterThan(0);
    expect(Object.keys(report.codes).filter((code) => !EXPECTED.includes(code))).toEqual([]);
  });

  it('would run what must not run if the path were checked and then imported', async () => {
    expect((await race('naive')).foreign).toBeGreaterThan(0);
  });
});

const EXPECTED = [
  'ONEIRIC_REFERENCE_CHANGED',
  'ONEIRIC_REFERENCE_DIGEST',
  'ONEIRIC_REFERENCE_ESCAPES',
  'ONEIRIC_REFERENCE_NOT_FOUND',
];
