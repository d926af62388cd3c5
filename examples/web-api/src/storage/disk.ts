import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { type Storage, STORAGE } from './storage.js';

const settings = z.strictObject({ folder: z.string().default('files') });

export const disk = defineCandidate<Storage, z.infer<typeof settings>>({
  ...STORAGE,
  provider: 'disk',
  settings,
  factory: ({ settings: { folder } }) => ({
    put: async (path, bytes) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    },
    get: (path) => readFile(join(folder, path)),
  }),
});
