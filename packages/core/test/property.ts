import fc from 'fast-check';

/** How long the long form of a random suite runs, in milliseconds; 0 for the short form. Set by `npm run soak`. */
const soakMs = Number(process.env['ONEIRIC_SOAK_MS'] ?? 0);

/** What a test may take: the soak, and some time to shrink what it found. */
export const propertyTimeoutMs = soakMs + 120_000;

export interface PropertyOptions {
  /** The test file or its folder, for the replay command. */
  readonly file: string;
  /** How many random inputs the short form tries. */
  readonly runs: number;
  /** The part of the soak that this property gets, 0…1. Default: all of it. */
  readonly soakShare?: number;
}

/**
 * Runs a property with `runs` random inputs, again and again for as long as its part of the soak lasts. A failure is shrunk and says how to
 * replay it: with the same ONEIRIC_SEED and ONEIRIC_PATH the same input runs first.
 */
export async function holds<T>(
  property: fc.IAsyncProperty<T>,
  { file, runs, soakShare = 1 }: PropertyOptions,
): Promise<void> {
  const seed = Number(process.env['ONEIRIC_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
  const path = process.env['ONEIRIC_PATH'];
  const until = Date.now() + soakMs * soakShare;
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
