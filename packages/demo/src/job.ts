import type { Stopwatch } from './stopwatch.js';
import type { Tools } from './tools.js';

/** What a job did, in numbers. */
export interface JobReport {
  readonly places: number;
  readonly blocks: number;
  readonly inputBytes: number;
  readonly encodedBytes: number;
  readonly compressedBytes: number;
  /** Blocks that the cache had forgotten when they were asked for; each was packed again. */
  readonly missed: number;
  /** Of the input, and the same of what came back. */
  readonly digest: string;
  readonly timesMs: Readonly<Record<JobStep, number>>;
}

/** The steps in the order in which they are first taken. */
export const JOB_STEPS = [
  'read',
  'parse',
  'encode',
  'compress',
  'store',
  'fetch',
  'decompress',
  'decode',
  'verify',
] as const;
export type JobStep = (typeof JOB_STEPS)[number];

const PLACES_PER_BLOCK = 2000;

/**
 * Reads a file of places, packs it into blocks (encode, compress) and keeps them in the cache; then rebuilds the file
 * from the cache alone and compares it with the input, by digest and byte by byte.
 *
 * @param file a JSON list, without spaces and with a line end at its end
 * @throws where what comes back is not what went in
 */
export async function runJob(tools: Tools, file: string, watch: Stopwatch<JobStep>): Promise<JobReport> {
  const input = await watch.time('read', () => readAll(tools.reader, file));
  const places = await watch.time('parse', () => parsePlaces(input));
  const blocks = splitPlaces(places, PLACES_PER_BLOCK);

  const names: string[] = [];
  let encodedBytes = 0;
  let compressedBytes = 0;
  for (const block of blocks) {
    const encoded = await watch.time('encode', () => tools.serializer.encode(block));
    const packed = await watch.time('compress', () => tools.compressor.compress(encoded));
    encodedBytes += encoded.byteLength;
    compressedBytes += packed.byteLength;
    names.push(
      await watch.time('store', () => {
        const name = tools.ids.next();
        tools.cache.set(name, packed);
        return name;
      }),
    );
    watch.progress('pack', names.length, blocks.length);
  }

  const texts: string[] = [];
  let missed = 0;
  for (const [index, block] of blocks.entries()) {
    let packed = await watch.time('fetch', () => tools.cache.get(names[index] ?? ''));
    if (packed === undefined) {
      missed += 1;
      packed = await tools.compressor.compress(tools.serializer.encode(block));
    }
    const found = packed;
    const encoded = await watch.time('decompress', () => tools.compressor.decompress(found));
    const decoded = await watch.time('decode', () => tools.serializer.decode(encoded));
    texts.push(await watch.time('verify', () => JSON.stringify(decoded).slice(1, -1)));
    watch.progress('rebuild', texts.length, blocks.length);
  }
  const digest = await watch.time('verify', () =>
    verify(tools, input, Buffer.from(`[${texts.join(',')}]\n`)),
  );

  const report = { places: places.length, blocks: blocks.length, inputBytes: input.byteLength, encodedBytes };
  tools.logger.info('job done', { ...report, compressedBytes, missed, digest });
  return { ...report, compressedBytes, missed, digest, timesMs: watch.timesMs };
}

export async function readAll(reader: Tools['reader'], file: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of reader.read(file)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** @throws where the input is no list */
export function parsePlaces(input: Buffer): readonly unknown[] {
  const places: unknown = JSON.parse(input.toString());
  if (!Array.isArray(places)) throw new Error('The input is not a list of places.');
  return places;
}

export function splitPlaces(places: readonly unknown[], perBlock: number): readonly (readonly unknown[])[] {
  const count = Math.ceil(places.length / perBlock);
  return Array.from({ length: count }, (_, index) => places.slice(index * perBlock, (index + 1) * perBlock));
}

function verify(tools: Tools, input: Buffer, output: Buffer): string {
  const expected = tools.digest.hex(input);
  const actual = tools.digest.hex(output);
  if (output.equals(input) && actual === expected) return expected;
  const same = input.findIndex((byte, index) => byte !== output[index]);
  const place = same === -1 ? input.byteLength : same;
  throw new Error(
    `What came back is not what went in: ${output.byteLength} bytes for ${input.byteLength}, ` +
      `the first difference at byte ${place}, digest ${actual} for ${expected}.`,
  );
}
