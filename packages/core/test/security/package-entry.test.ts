import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { packageEntry } from '../../src/security/package-entry.js';
import { aProject } from '../config/a-project.js';

describe('the entry of a package', () => {
  it('is where the package is reached, also through a link, which is not followed', async () => {
    const folder = aProject({
      'elsewhere/package.json': '{ "exports": { ".": "./index.js", "./cache": "./src/cache.js" } }',
      'elsewhere/index.js': '',
      'elsewhere/src/cache.js': '',
    });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'node_modules/acme'));
    const base = pathToFileURL(join(folder, 'package.json'));
    expect(await packageEntry({ package: 'acme', subpath: '' }, base)).toEqual({
      kind: 'found',
      path: join(folder, 'node_modules/acme/index.js'),
    });
    expect(await packageEntry({ package: 'acme', subpath: 'cache' }, base)).toEqual({
      kind: 'found',
      path: join(folder, 'node_modules/acme/src/cache.js'),
    });
  });
});
