import type { AttachedSwapReport, ProcessInfo } from '@oneiric/core/attach';

import { processJson } from './process-json.js';

/** What `swap --json` and `rollback --json` print. */
export function swapJson(process: ProcessInfo, report: AttachedSwapReport): object {
  return { schemaVersion: 1, process: processJson(process), ...report };
}
