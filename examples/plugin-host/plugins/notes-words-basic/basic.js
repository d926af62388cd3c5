/** @returns {{ count(text: string): number }} */
export function createCounter() {
  return { count: (text) => text.split(/\s+/).filter((word) => word !== '').length };
}
