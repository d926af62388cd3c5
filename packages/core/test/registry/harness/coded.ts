/** An error with this code, for `toThrow` and `toEqual`. */
export function coded(code: string | RegExp): Error {
  const expected: unknown = typeof code === 'string' ? code : expect.stringMatching(code);
  return expect.objectContaining({ code: expected }) as Error;
}
