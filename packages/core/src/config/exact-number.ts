/** Whether a number that was read from text is finite and, where it is whole, kept all of its digits. */
export function isExactNumber(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
