import type { ProcessInfo } from '@oneiric/core/attach';

/** The process that was asked, as every form of JSON that comes from one names it; without the places on its disk. */
export function processJson({ pid, name, startedAt, node, version }: ProcessInfo): object {
  return { pid, name, startedAt, node, version };
}
