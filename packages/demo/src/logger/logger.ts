import { fileURLToPath } from 'node:url';

import { defineKey } from '@oneiric/core';

/** Where both loggers write: the terminal belongs to the report. */
export const LOG_FILE = fileURLToPath(new URL('../../.cache/job.log', import.meta.url));

/** Appends lines to `LOG_FILE`. */
export interface Logger {
  info(message: string, fields: Readonly<Record<string, string | number>>): void;
  /** Resolves when every line is in the file. */
  close(): Promise<void>;
}

export const LOGGER = defineKey<Logger>('adapter', 'logger');
