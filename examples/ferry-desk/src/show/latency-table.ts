import type { Sample } from '../load/desk-client.js';
import { percentile } from '../load/percentile.js';
import type { Played } from './play-scene.js';

/** How long requests took while something was swapped, and otherwise. */
export function latencyTable(samples: readonly Sample[], played: readonly Played[]): readonly string[] {
  const isDuring = ({ fromMs, toMs }: Sample): boolean =>
    played.some((swap) => fromMs < swap.toMs && toMs > swap.fromMs);
  const row = (name: string, chosen: readonly Sample[]): string => {
    const took = chosen.map(({ fromMs, toMs }) => toMs - fromMs);
    const [p50, p99] = [50, 99].map((percent) => percentile(took, percent).toFixed(1).padStart(8));
    return `${name.padEnd(14)}${String(chosen.length).padStart(8)}${p50 ?? ''}${p99 ?? ''}`;
  };
  return [
    '              requests  p50 ms  p99 ms',
    row('during a swap', samples.filter(isDuring)),
    row(
      'otherwise',
      samples.filter((sample) => !isDuring(sample)),
    ),
  ];
}
