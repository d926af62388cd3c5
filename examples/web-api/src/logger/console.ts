import { defineCandidate } from '@oneiric/core';

import { type Logger, LOGGER } from './logger.js';

export const consoleLogger = defineCandidate<Logger>({
  ...LOGGER,
  provider: 'console',
  factory: () => ({
    info: (message, fields) => {
      console.log(message, fields);
    },
  }),
});
