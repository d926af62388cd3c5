import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { namedFiles, packages } from '../support/workspace.js';

describe('the checkout', () => {
  it.each(packages.map(({ folder, manifest }) => ({ name: manifest.name, folder, manifest })))(
    'has every file that the exports and the bin of $name point to',
    ({ folder, manifest }) => {
      expect(namedFiles(manifest).filter((file) => !existsSync(join(folder, file)))).toEqual([]);
    },
  );
});
