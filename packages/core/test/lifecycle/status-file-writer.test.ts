import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OneiricError } from '../../src/errors/oneiric-error.js';
import { readStatusFile } from '../../src/lifecycle/status-file.js';
import { StatusFileWriter } from '../../src/lifecycle/status-file-writer.js';
import { aComponent, aStatus } from './a-status.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneiric-writer-'));
  file = join(folder, 'status.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const attempt = (attempts: number) => aStatus(aComponent({ attempts }));

/** A writer, the attempts whose content was asked for, and what failed. */
function aWriter() {
  const asked: number[] = [];
  const failures: unknown[] = [];
  const writer = new StatusFileWriter(file, (error) => failures.push(error));
  const update = (attempts: number): void => {
    writer.update(() => {
      asked.push(attempts);
      return attempt(attempts);
    });
  };
  return { writer, asked, failures, update };
}

describe('the writer of a status file', () => {
  it('writes what changes in one turn once, as it is at the end', async () => {
    const { writer, asked, update } = aWriter();
    for (let number = 0; number < 100; number++) update(number);
    await writer.flush();
    expect(asked).toEqual([99]);
    expect(await readStatusFile(file)).toEqual(attempt(99));
  });

  it('writes the newest of what came during a write after it, and nothing between', async () => {
    const { writer, asked, update } = aWriter();
    update(0);
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toEqual([0]);
    for (let number = 1; number < 100; number++) update(number);
    await writer.flush();
    expect(asked).toEqual([0, 99]);
    expect(await readStatusFile(file)).toEqual(attempt(99));
  });

  it('has nothing to wait for where nothing was to be written', async () => {
    await aWriter().writer.flush();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells of a write that failed, and writes the next', async () => {
    mkdirSync(file);
    const { writer, failures, update } = aWriter();
    update(1);
    await writer.flush();
    expect(failures.map((error) => OneiricError.is(error) && error.code)).toEqual([
      'ONEIRIC_LIFECYCLE_STATUS_FILE',
    ]);
    rmSync(file, { recursive: true });
    update(2);
    await writer.flush();
    expect(failures).toHaveLength(1);
    expect(await readStatusFile(file)).toEqual(attempt(2));
  });

  it('goes on where the content cannot be had, and where whoever is told of it throws', async () => {
    const broken = new Error('no content');
    const told: unknown[] = [];
    const writer = new StatusFileWriter(file, (error) => {
      told.push(error);
      throw new Error('told too much');
    });
    writer.update(() => {
      throw broken;
    });
    await writer.flush();
    writer.update(() => attempt(1));
    await writer.flush();
    expect(told).toEqual([broken]);
    expect(await readStatusFile(file)).toEqual(attempt(1));
  });

  it('removes what killed processes left beside the file, and nothing that may be under way or is not its own', async () => {
    const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const old = [
      `.status.json.${uuid}.tmp`,
      `.other.json.${uuid}.tmp`,
      '.status.json.notes.tmp',
      'status.json.tmp',
    ];
    for (const name of old) {
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), 1000, 1000);
    }
    const recent = `.status.json.1${uuid.slice(1)}.tmp`;
    writeFileSync(join(folder, recent), '');
    const { writer, update } = aWriter();
    update(1);
    await writer.flush();
    expect(readdirSync(folder).sort()).toEqual([...old.slice(1), recent, 'status.json'].sort());
  });
});
