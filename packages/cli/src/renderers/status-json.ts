import type { ComponentStatus, RunningReport } from '@oneiric/core';
import type { ProcessInfo } from '@oneiric/core/attach';

import { processJson } from './process-json.js';

/** What `status --json` prints, and what `pause`, `drain` and `resume` print of the component that they were about. */
export function statusJson(process: ProcessInfo, components: readonly ComponentStatus[]): object {
  return { schemaVersion: 1, process: processJson(process), components };
}

/** What `status <domain>/<key> --json` prints. */
export function reportJson(process: ProcessInfo, report: RunningReport): object {
  return { schemaVersion: 1, process: processJson(process), ...report };
}
