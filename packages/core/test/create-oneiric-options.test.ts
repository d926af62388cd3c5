import { expect, it } from '@jest/globals';

import { createOneiric } from '../src/create-oneiric.js';
import type { CreateOneiricOptions } from '../src/create-oneiric-options.js';

it.each([
  [null, 'options', undefined],
  ['oneiric.config.ts', 'options', undefined],
  [{ projectdir: '.' }, 'options', 'projectDir'],
  [{ projectDir: 5 }, 'projectDir', undefined],
  [{ config: {}, signal: 5 }, 'signal', undefined],
  [{ config: {}, watch: 'yes' }, 'watch', undefined],
  [{ config: {}, onConfigProblem: 'log' }, 'onConfigProblem', undefined],
  [{ config: {}, lifecycle: { settings: () => 1 } }, 'lifecycle', undefined],
  [{ config: {}, lifecycle: { folow: true } }, 'options', 'follow'],
])('%j is refused for options, naming %s', async (options, option, nearest) => {
  await expect(createOneiric(options as unknown as CreateOneiricOptions)).rejects.toMatchObject({
    code: 'ONEIRIC_LIFECYCLE_OPTION_INVALID',
    details: { option, ...(nearest === undefined ? {} : { nearest }) },
  });
});
