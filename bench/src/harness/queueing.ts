import type { Contender } from './contender.js';

/** Enters a section as soon as it is free. */
export type Enter = (section: () => number | Promise<number>) => Promise<number>;

/** `turns` requests that are all made while one section is held, and then served; the holder itself is not counted. */
export function queueing(enter: Enter): Contender {
  return {
    async run(turns) {
      let leave = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        leave = resolve;
      });
      const requests = [
        enter(async () => {
          await held;
          return 0;
        }),
      ];
      let served = 0;
      const section = (): number => ++served;
      for (let turn = 0; turn < turns; turn++) requests.push(enter(section));
      leave();
      const order = await Promise.all(requests);
      if (order.at(-1) !== turns) throw new Error('The requests were not served in their order.');
      return served;
    },
  };
}
