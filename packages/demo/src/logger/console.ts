import { Console } from 'node:console';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';

import { defineCandidate } from '@oneiric/core';

import { LOG_FILE, type Logger, LOGGER } from './logger.js';

/** Lines for people. */
export const consoleLogger = defineCandidate<Logger>({
  ...LOGGER,
  provider: 'console',
  factory: async () => {
    await mkdir(dirname(LOG_FILE), { recursive: true });
    const file = createWriteStream(LOG_FILE, { flags: 'a' });
    const logger = new Console(file);
    return {
      info: (message, fields) => {
        logger.info(message, fields);
      },
      close: () => {
        file.end();
        return finished(file);
      },
    };
  },
});
