import { defineCandidate } from '@oneiric/core';

import { type Queue, QUEUE } from './queue.js';

/** Jobs are lost when the process ends. */
export const memoryQueue = defineCandidate<Queue>({
  ...QUEUE,
  provider: 'memory',
  factory: () => {
    const jobs: string[] = [];
    return {
      push: async (job) => {
        jobs.push(job);
      },
      pop: async () => jobs.shift(),
    };
  },
});
