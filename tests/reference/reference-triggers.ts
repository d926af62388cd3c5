import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { OneiricError, parseFactoryReference, ReferenceLoader } from '@oneiric/core';

import type { Trigger } from './trigger.js';

const MODULE = 'export const createCache = () => new Map();\n';

/** A project with one module and one dependency. */
function loaderFor(folder: string): ReferenceLoader {
  const project = join(folder, 'shop');
  mkdirSync(join(project, 'src'), { recursive: true });
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'shop', type: 'module', dependencies: { '@acme/oneiric-redis': '2.1.0' } }),
  );
  writeFileSync(join(project, 'src/cache.js'), MODULE);
  return new ReferenceLoader({ projectDir: project });
}

/** Loads a module while it is exchanged, until that is noticed. */
async function loadWhatChanges(folder: string): Promise<never> {
  const loader = loaderFor(folder);
  const [file, other] = [join(folder, 'shop/src/cache.js'), join(folder, 'other.js')];
  let exchange: NodeJS.Immediate | undefined;
  const begin = (): void => {
    writeFileSync(other, MODULE);
    renameSync(other, file);
    exchange = setImmediate(begin);
  };
  begin();
  try {
    for (let generation = 1; ; generation += 1) {
      try {
        await loader.load('./src/cache.js#createCache', { generation });
      } catch (error) {
        if (OneiricError.is(error, 'ONEIRIC_REFERENCE_CHANGED')) throw error;
      }
    }
  } finally {
    clearImmediate(exchange);
  }
}

/** One way to each error of factory references. */
export const REFERENCE_TRIGGERS: Readonly<Record<string, Trigger>> = {
  ONEIRIC_REFERENCE_REFUSED: () => parseFactoryReference('node:fs#rmSync'),
  ONEIRIC_REFERENCE_NOT_ALLOWED: (folder) => loaderFor(folder).load('@acme/oneric-redis/cache#createCache'),
  ONEIRIC_REFERENCE_NOT_FOUND: (folder) => loaderFor(folder).load('./src/cash.js#createCache'),
  ONEIRIC_REFERENCE_ESCAPES: (folder) => {
    const loader = loaderFor(folder);
    writeFileSync(join(folder, 'cache.js'), MODULE);
    symlinkSync('../../cache.js', join(folder, 'shop/src/shared.js'));
    return loader.load('./src/shared.js#createCache');
  },
  ONEIRIC_REFERENCE_FILE_INVALID: (folder) => {
    const loader = loaderFor(folder);
    writeFileSync(join(folder, 'shop/src/cache.json'), '{}');
    return loader.load('./src/cache.json#createCache');
  },
  ONEIRIC_REFERENCE_CHANGED: loadWhatChanges,
  ONEIRIC_REFERENCE_DIGEST: (folder) =>
    loaderFor(folder).load('./src/cache.js#createCache', {
      digest: 'sha256-47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
    }),
  ONEIRIC_REFERENCE_EXPORT: (folder) => loaderFor(folder).load('./src/cache.js#createCash'),
  ONEIRIC_REFERENCE_FAILED: (folder) => {
    const loader = loaderFor(folder);
    writeFileSync(join(folder, 'shop/src/cache.js'), 'throw new TypeError("REDIS_URL is not set");\n');
    return loader.load('./src/cache.js#createCache');
  },
  ONEIRIC_REFERENCE_OPTION_INVALID: () => new ReferenceLoader({ projectDir: 'shop' }),
};
