/** Calls `look` in every turn of the microtask queue for as long as `work` runs; fails as soon as either does. */
export async function inEveryTurn<T>(look: (turn: number) => void, work: () => Promise<T>): Promise<T> {
  let isOver = false;
  const watch = async (): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      look(turn);
      await Promise.resolve();
    }
  };
  const [result] = await Promise.all([work().finally(() => (isOver = true)), watch()]);
  return result;
}
