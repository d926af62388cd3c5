/**
 * What `work` gives for each item, in their order; at most `bound` of them at a time, so that a thousand of them do not
 * open a thousand files. Rejects as the first that does; those that have begun go on.
 */
export async function mapBounded<T, R>(
  items: readonly T[],
  bound: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const rest = items.entries();
  const next = async (): Promise<void> => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(bound, items.length) }, next));
  return results;
}
