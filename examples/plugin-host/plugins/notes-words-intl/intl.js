/** @returns {{ count(text: string): number }} */
export function createCounter() {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
  return { count: (text) => [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length };
}
