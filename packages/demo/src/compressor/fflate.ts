import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { type Compressor, COMPRESSOR, isReversible } from './compressor.js';

/** gzip in plain JavaScript: for where there is no zlib, and slower where there is. */
export const fflate = defineCandidate<Compressor>({
  ...COMPRESSOR,
  provider: 'fflate',
  source: npmPackage('fflate'),
  capabilities: ['gzip-format'],
  health: isReversible,
  factory: async () => {
    const { gunzipSync, gzipSync } = await import('fflate');
    return {
      compress: async (bytes) => gzipSync(bytes),
      decompress: async (bytes) => gunzipSync(bytes),
    };
  },
});
