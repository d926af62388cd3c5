/** Something of which one is in force at a time in this copy of the package. */
export interface Installation {
  start(): void;
  stop(): void;
}

const chosen: Installation[] = [];
const found: Installation[] = [];
let inForce: Installation | undefined;

/**
 * Puts an installation in force until the result is disposed; then the one before is again. What somebody chose goes
 * before what was found (`isFound`), whichever came later.
 */
export function install(installation: Installation, isFound: boolean): Disposable {
  const list = isFound ? found : chosen;
  list.push(installation);
  settle();
  return {
    [Symbol.dispose]() {
      const at = list.indexOf(installation);
      if (at === -1) return;
      list.splice(at, 1);
      settle();
    },
  };
}

function settle(): void {
  const next = chosen.at(-1) ?? found.at(-1);
  if (next === inForce) return;
  inForce?.stop();
  inForce = next;
  next?.start();
}
