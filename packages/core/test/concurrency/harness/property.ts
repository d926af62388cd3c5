import fc from 'fast-check';

/** How long the long form of a random suite runs, in milliseconds; 0 for the short form. Set by `npm run soak`. */
export const soakMs = Number(process.env['ONEIRIC_SOAK_MS'] ?? 0);

/** What a test may take: the soak, and some time to shrink what it found. */
export const propertyTimeoutMs = soakMs + 120_000;

/**
 * Runs a property with `runs` random inputs, or for as long as the soak lasts. A failure is shrunk and says how to
 * replay it: with the same ONEIRIC_SEED and ONEIRIC_PATH the same input runs first.
 *
 * @param file the test file, for the replay command
 */
export async function holds<T>(file: string, property: fc.IAsyncProperty<T>, runs: number): Promise<void> {
  const seed = Number(process.env['ONEIRIC_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
  const path = process.env['ONEIRIC_PATH'];
  const until = Date.now() + soakMs;
  let round = 0;
  do {
    const details = await fc.check(property, {
      seed: seed + round,
      numRuns: runs,
      ...(path === undefined ? {} : { path, endOnFailure: true }),
    });
    if (details.failed) {
      throw new Error(
        `${await fc.asyncDefaultReportMessage(details)}\n\nReplay:\n` +
          `ONEIRIC_SEED=${details.seed} ONEIRIC_PATH=${details.counterexamplePath} npm test -- ${file}\n`,
        { cause: details.errorInstance },
      );
    }
    round++;
  } while (Date.now() < until);
}
