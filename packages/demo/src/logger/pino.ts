import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { LOG_FILE, type Logger, LOGGER } from './logger.js';

/** One JSON object per line. */
export const pino = defineCandidate<Logger>({
  ...LOGGER,
  provider: 'pino',
  source: npmPackage('pino'),
  capabilities: ['structured'],
  factory: async () => {
    const { pino: createLogger, destination } = await import('pino');
    const file = destination({ dest: LOG_FILE, mkdir: true, sync: true });
    const logger = createLogger(file);
    return {
      info: (message, fields) => {
        logger.info(fields, message);
      },
      close: async () => {
        file.end();
      },
    };
  },
});
