import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

import type { Oneiric } from '@oneiric/core';

import { JOB_STEPS, type JobStep, runJob } from '../src/job.js';
import { Stopwatch } from '../src/stopwatch.js';

import { leaseTools, liveTools, startTools, TOOL_NAMES, type Tools, WANTED } from '../src/tools.js';
import { demoOneiric, startables } from './support/demo-registry.js';
import { placesFile } from './support/places-file.js';

const watch = (): Stopwatch<JobStep> => new Stopwatch(JOB_STEPS);

let input: Awaited<ReturnType<typeof placesFile>>;
let oneiric: Oneiric;
let tools: Tools;
beforeEach(async () => {
  input = await placesFile();
  oneiric = await demoOneiric();
  await startTools(oneiric);
  tools = await leaseTools(liveTools(oneiric), TOOL_NAMES, async (leased) => leased);
});
afterEach(async () => {
  await oneiric.close();
  await input[Symbol.asyncDispose]();
});

const everyCandidate = await Promise.all(
  TOOL_NAMES.map(async (tool) => {
    const offers = await startables<unknown>(WANTED[tool].key);
    return offers.map(({ provider, open }) => ({ tool, provider, open }));
  }),
);

it.each(everyCandidate.flat())(
  'gives every byte back with $provider as the $tool',
  async ({ tool, open }) => {
    await using opened = await open();
    const { instance } = opened;
    const job = await runJob({ ...tools, [tool]: instance }, input.file, watch());
    expect(job).toMatchObject({
      places: 2500,
      blocks: 2,
      missed: 0,
      inputBytes: readFileSync(input.file).byteLength,
    });
  },
);

it('reports the digest of the input', async () => {
  const { digest } = await runJob(tools, input.file, watch());
  expect(digest).toBe(createHash('sha256').update(readFileSync(input.file)).digest('hex'));
});

it('packs a block again that the cache has forgotten', async () => {
  const cache: Tools['cache'] = { get: () => undefined, set: () => undefined, size: 0 };
  expect(await runJob({ ...tools, cache }, input.file, watch())).toMatchObject({ blocks: 2, missed: 2 });
});

it('compares bytes, too, and not the digests alone', async () => {
  const serializer = { encode: () => Buffer.alloc(1), decode: () => ['lost'] };
  const digest = { hex: () => 'the same for all' };
  await expect(runJob({ ...tools, serializer, digest }, input.file, watch())).rejects.toThrow(
    'not what went in',
  );
});

it('fails when a provider loses something, and says where', async () => {
  const honest = tools.serializer;
  const forgetful = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replace('"1234"', '"1235"'));
  const serializer = {
    encode: (value: unknown) => honest.encode(value),
    decode: (bytes: Uint8Array) => forgetful(honest.decode(bytes)),
  };
  const at = readFileSync(input.file).indexOf('"1234"') + '"123'.length;
  await expect(runJob({ ...tools, serializer }, input.file, watch())).rejects.toThrow(
    `the first difference at byte ${at}, digest`,
  );
});

it.each([
  ['a list with spaces', '[ 1, 2 ]\n', 'not what went in'],
  ['no list', '{}\n', 'not a list of places'],
  ['no JSON', 'name,lat\n', 'JSON'],
])('refuses %s', async (_, text, told) => {
  writeFileSync(input.file, text);
  await expect(runJob(tools, input.file, watch())).rejects.toThrow(told);
});

it('tells how far it is, phase by phase and up to the end', async () => {
  const told: string[] = [];
  await runJob(
    tools,
    input.file,
    new Stopwatch(JOB_STEPS, (phase, done, total) => told.push(`${phase} ${done}/${total}`)),
  );
  expect(told).toEqual(['pack 1/2', 'pack 2/2', 'rebuild 1/2', 'rebuild 2/2']);
});
