import { chmodSync } from 'node:fs';
import { join } from 'node:path';

import { OneiricError } from '../../src/errors/oneiric-error.js';
import { locateReference } from '../../src/security/locate-reference.js';
import type { ReferenceErrorCode } from '../../src/security/reference-errors.js';
import { aProject } from '../config/a-project.js';

const NOT_FOUND = 'ONEIRIC_REFERENCE_NOT_FOUND' satisfies ReferenceErrorCode;

function locate(projectDir: string, reference: string): ReturnType<typeof locateReference> {
  return locateReference(reference, { projectDir, packages: undefined, within: undefined });
}

/** What is missing, and what is nearest to it. */
async function missing(
  projectDir: string,
  reference: string,
): Promise<readonly [string, string | undefined]> {
  try {
    await locate(projectDir, reference);
  } catch (error) {
    if (OneiricError.is(error, NOT_FOUND)) return [error.details.missing, error.details.nearest];
    throw error;
  }
  throw new Error(`found: ${reference}`);
}

describe('the spelling of a reference', () => {
  const files = { 'source/cache.js': '', 'source/deep/queue.js': '' };

  it('leads to the file that is called so', async () => {
    const folder = aProject(files);
    expect(await locate(folder, './source/cache.js#create')).toEqual({
      path: join(folder, 'source/cache.js'),
      file: join(folder, 'source/cache.js'),
      root: folder,
      name: 'source/cache.js',
    });
  });

  it.each([
    ['./source/cahce.js#create', 'source/cahce.js', 'cache.js'],
    ['./source/Cache.js#create', 'source/Cache.js', 'cache.js'],
    ['./source/depp/queue.js#create', 'source/depp', 'deep'],
    ['./sorce/deep/queue.js#create', 'sorce', 'source'],
    ['./source/something-else.js#create', 'source/something-else.js', undefined],
  ])('is told where the folder lists no such name: %s', async (reference, name, nearest) => {
    expect(await missing(aProject(files), reference)).toEqual([
      `there is no ${name} in the project`,
      nearest,
    ]);
  });

  it('is not judged where there is a file in the place of the folder', async () => {
    expect(await missing(aProject(files), './source/cache.js/index.js#create')).toEqual([
      'source/cache.js/index.js in the project leads to nothing',
      undefined,
    ]);
  });

  it('is not judged in a folder that may be entered and not listed', async () => {
    const folder = aProject(files);
    chmodSync(join(folder, 'source/deep'), 0o100);
    try {
      expect(await locate(folder, './source/deep/queue.js#create')).toMatchObject({
        name: 'source/deep/queue.js',
      });
    } finally {
      chmodSync(join(folder, 'source/deep'), 0o700);
    }
  });
});
