/** Turns after which the work is taken to hang: who watches every turn keeps every timer from firing. */
const TOO_MANY = 200_000;

/** Calls `look` in every turn of the microtask queue for as long as `work` runs; fails as soon as either does. */
export async function inEveryTurn<T>(look: (turn: number) => void, work: () => Promise<T>): Promise<T> {
  let isOver = false;
  const watch = async (): Promise<void> => {
    for (let turn = 0; !isOver; turn++) {
      if (turn === TOO_MANY) throw new Error(`the work still runs after ${TOO_MANY} turns`);
      look(turn);
      await Promise.resolve();
    }
  };
  const [result] = await Promise.all([work().finally(() => (isOver = true)), watch()]);
  return result;
}
