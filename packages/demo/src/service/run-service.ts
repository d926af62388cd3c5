import { relative } from 'node:path';

import { createOneiric } from '@oneiric/core';
import { allowAttach } from '@oneiric/core/attach';

import { PLACES_FILE, PROJECT_DIR } from '../project.js';
import type { Stage } from '../stage.js';
import { attend } from './attend.js';
import { type Figures, showFigures } from './figures-line.js';
import type { Sums } from './sums.js';

export interface ServiceOptions {
  /** What `oneiric status --attach` calls it. */
  readonly name: string;
  readonly jobs: number;
  readonly stage: Stage;
  /** Where the figures are shown. */
  readonly figures: Parameters<typeof showFigures>[0];
  readonly stop: AbortSignal;
}

/**
 * Serves until it is stopped, and can be looked into meanwhile.
 *
 * @throws what `createOneiric`, `allowAttach` and `attend` throw
 */
export async function runService({ name, jobs, stage, figures, stop }: ServiceOptions): Promise<Sums> {
  stage.print(stage.screen.strong(`${name}, process ${process.pid}, until Ctrl-C`), '');
  await using oneiric = await createOneiric({ projectDir: PROJECT_DIR });
  return await attend(oneiric, {
    name,
    jobs,
    stop,
    file: PLACES_FILE,
    onOpen: async (read: () => Figures) => {
      const server = await allowAttach(oneiric, { name });
      introduce(jobs, stage);
      const shown = showFigures(figures, read);
      return {
        async [Symbol.asyncDispose]() {
          shown[Symbol.dispose]();
          await server.close();
        },
      };
    },
  });
}

function introduce(jobs: number, { print, say }: Stage): void {
  const { pid } = process;
  const folder = relative(process.cwd(), PROJECT_DIR);
  say(
    `${jobs} jobs at a time: each packs a block of places, keeps it in the cache, gets it back, unpacks it, and ` +
      'compares every byte.',
  );
  print('');
  say('Look inside, from another terminal:');
  print(
    '',
    ...(folder === '' ? [] : [`  cd ${folder}`]),
    `  npx oneiric status --attach ${pid}`,
    `  npx oneiric explain adapter/compressor --attach ${pid}`,
    `  npx oneiric swap adapter/serializer --provider msgpack --attach ${pid}`,
    `  npx oneiric rollback adapter/serializer --attach ${pid}`,
    `  npx oneiric watch --attach ${pid}`,
    '',
  );
}
