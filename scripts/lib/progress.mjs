const QUIET_MS = 1000;

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * Says what is going on when it takes more than a second, and how long it took; says nothing otherwise.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function timed(title, work) {
  const start = performance.now();
  const notice = setTimeout(() => console.log(`${title} …`), QUIET_MS);
  try {
    return await work();
  } finally {
    clearTimeout(notice);
    const elapsed = performance.now() - start;
    if (elapsed >= QUIET_MS) console.log(`${title}: ${seconds(elapsed)}`);
  }
}
