import type { Oneiric } from '@oneiric/core';

import type { Load } from '../load/load.js';
import type { Scene } from './scene.js';

export interface Played {
  readonly scene: Scene;
  readonly outcome: Scene['expected'];
  /** Requests that were being answered when it began. */
  readonly inFlight: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** What came of it, to be printed. */
  readonly lines: readonly string[];
}

/** Waits for its time, plays it, and says what came of it. */
export async function playScene(scene: Scene, oneiric: Oneiric, load: Load): Promise<Played> {
  await load.reached(scene.at);
  const fromMs = performance.now();
  const { inFlight } = load.client;
  const ended = await scene.run(oneiric).then(
    ({ from, to, phases, durationMs }) => ({
      outcome: 'swapped' as const,
      lines: [
        `${to?.provider ?? '?'} serves in place of ${from?.provider ?? '?'}, after ${durationMs.toFixed(1)} ms, with ${inFlight} requests in flight`,
        phases.map(({ phase, durationMs: each }) => `${phase} ${each.toFixed(1)}`).join(' · '),
      ],
    }),
    (error: unknown) => ({
      outcome: 'refused' as const,
      lines: [error instanceof Error ? error.message : String(error)],
    }),
  );
  return { scene, inFlight, fromMs, toMs: performance.now(), ...ended };
}
