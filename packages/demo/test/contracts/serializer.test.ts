import { isReadable, SERIALIZER } from '../../src/serializer/serializer.js';
import { startables } from '../support/demo-registry.js';
import { PLACES } from '../support/places.js';

const VALUES: readonly (readonly [string, unknown])[] = [
  ['places', PLACES],
  ['nothing', []],
  ['numbers', [0, -1, 1.5, 2 ** 53 - 1, 1e-7]],
  ['what is not text', [true, false, null]],
  ['depth', { a: { b: [{ c: [[]] }] } }],
];

describe.each(await startables(SERIALIZER))('serializer $provider', ({ create, capabilities }) => {
  it.each(VALUES)('gives %s back as they were', async (_, value) => {
    const serializer = await create();
    expect(serializer.decode(serializer.encode(value))).toStrictEqual(value);
  });

  it('decodes what another instance encoded', async () => {
    const bytes = (await create()).encode(PLACES);
    expect((await create()).decode(bytes)).toStrictEqual(PLACES);
  });

  it('keeps an earlier result when it encodes the next value', async () => {
    const serializer = await create();
    const first = serializer.encode(['first']);
    serializer.encode(['second']);
    expect(serializer.decode(first)).toStrictEqual(['first']);
  });

  it('throws for bytes that are cut off', async () => {
    const serializer = await create();
    const bytes = serializer.encode({ name: 'a "cut" name: with quotes' });
    expect(() => serializer.decode(bytes.subarray(0, bytes.byteLength - 3))).toThrow();
  });

  it('writes text exactly where it says so', async () => {
    const bytes = (await create()).encode(PLACES);
    const isText = Buffer.from(Buffer.from(bytes).toString()).equals(bytes);
    expect(capabilities.includes('text')).toBe(isText);
    expect(capabilities.includes('binary')).toBe(!isText);
  });
});

it('reads a file with comments where a serializer says so', async () => {
  const commented = (await startables(SERIALIZER)).filter(({ capabilities }) =>
    capabilities.includes('comments'),
  );
  expect(commented.map(({ provider }) => provider)).toEqual(['yaml']);
  for (const { create } of commented) {
    expect((await create()).decode(Buffer.from('# a remark\n- 1\n'))).toEqual([1]);
  }
});

it('is unhealthy where it gives back something else', async () => {
  for (const { create } of await startables(SERIALIZER)) {
    const serializer = await create();
    expect(isReadable(serializer)).toBe(true);
    expect(isReadable({ encode: (value) => serializer.encode(value), decode: () => ({}) })).toBe(false);
  }
});
