/** What the percentiles are taken from. */
const KEPT_SAMPLES = 256;

/** How long something took, in milliseconds. */
export interface DurationSummary {
  /** Of all time. */
  readonly count: number;
  readonly lastMs: number;
  /** Percentiles of the last 256 samples by nearest rank: each is one of them, none is interpolated. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** How long one kind of operation took: the last 256 samples and the count of all. One that is full stays as it is. */
export class Durations {
  readonly #samples: number[] = [];
  #count = 0;

  add(ms: number): void {
    this.#samples[this.#count % KEPT_SAMPLES] = ms;
    this.#count++;
  }

  /** Undefined before the first sample. Sorts the samples that are kept: for whoever looks, not for every call. */
  summary(): DurationSummary | undefined {
    const count = this.#count;
    if (count === 0) return undefined;
    const sorted = Float64Array.from(this.#samples).sort();
    const nearestRank = (percent: number): number =>
      sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0;
    return Object.freeze({
      count,
      lastMs: this.#samples[(count - 1) % KEPT_SAMPLES] ?? 0,
      p50Ms: nearestRank(50),
      p95Ms: nearestRank(95),
      p99Ms: nearestRank(99),
    });
  }
}
