import { fileURLToPath } from 'node:url';

import { typeErrorsOf } from '../type-errors.js';

it('the compiler refuses each marked line of the type tests with the announced error, and no other line', () => {
  const { announced, found } = typeErrorsOf(fileURLToPath(new URL('typed-keys.types.ts', import.meta.url)));
  expect(announced.length).toBeGreaterThan(10);
  const expected = announced.map(([line, text]) => [line, expect.stringContaining(text) as string]);
  expect(found).toEqual(expected);
}, 180_000);
