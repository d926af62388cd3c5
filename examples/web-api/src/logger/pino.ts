import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { type Logger, LOGGER } from './logger.js';

/** One JSON object per line. */
export const pinoLogger = defineCandidate<Logger>({
  ...LOGGER,
  provider: 'pino',
  source: npmPackage('pino'),
  capabilities: ['structured'],
  factory: async () => {
    const { pino } = await import('pino');
    const logger = pino();
    return {
      info: (message, fields) => {
        logger.info(fields, message);
      },
    };
  },
});
