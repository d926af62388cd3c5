import { createReadStream } from 'node:fs';

import { defineCandidate } from '@oneiric/core';

import { type Reader, READER } from './reader.js';

const PIECE_BYTES = 1024 * 1024;

/** A piece at a time. It stands a layer above `whole`: nothing larger than a piece is in memory. */
export const stream = defineCandidate<Reader>({
  ...READER,
  provider: 'stream',
  stackLevel: 10,
  factory: () => ({ read: (file) => createReadStream(file, { highWaterMark: PIECE_BYTES }) }),
});
