import { defineConfig } from '@oneiric/core';

import { lruCache } from './src/cache/lru-cache.js';
import { map } from './src/cache/map.js';
import { tinyLru } from './src/cache/tiny-lru.js';
import { brotli } from './src/compressor/brotli.js';
import { fflate } from './src/compressor/fflate.js';
import { gzip } from './src/compressor/gzip.js';
import { zstd } from './src/compressor/zstd.js';
import { blake3 } from './src/digest/blake3.js';
import { sha256 } from './src/digest/sha256.js';
import { xxh64 } from './src/digest/xxh64.js';
import { nanoid } from './src/ids/nanoid.js';
import { uuid } from './src/ids/uuid.js';
import { consoleLogger } from './src/logger/console.js';
import { pino } from './src/logger/pino.js';
import { stream } from './src/reader/stream.js';
import { whole } from './src/reader/whole.js';
import { json } from './src/serializer/json.js';
import { msgpack } from './src/serializer/msgpack.js';
import { v8 } from './src/serializer/v8.js';
import { yaml } from './src/serializer/yaml.js';

export default defineConfig({
  // Pinned: this provider or nothing.
  selections: { adapter: { serializer: 'json' } },

  // Priorities by package, for candidates that give none of their own.
  stackOrder: { 'lru-cache': 20, 'tiny-lru': 10, msgpackr: 10, pino: 10 },

  // By provider; each has a schema of its own for them.
  settings: {
    adapter: {
      cache: { 'lru-cache': { maxBytes: 64 * 1024 * 1024 }, 'tiny-lru': { maxBlocks: 1000 } },
      compressor: { brotli: { quality: 5 } },
    },
  },

  // Between equals the later one wins, and the report says TIE: see adapter/ids.
  candidates: [
    ...[whole, stream],
    ...[json, yaml, v8, msgpack],
    ...[fflate, gzip, brotli, zstd],
    ...[map, tinyLru, lruCache],
    ...[uuid, nanoid],
    ...[xxh64, blake3, sha256],
    ...[consoleLogger, pino],
  ],
});
