import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { LOG_FILE, LOGGER } from '../../src/logger/logger.js';
import { startables } from '../support/demo-registry.js';

describe.each(await startables(LOGGER))('logger $provider', ({ open, capabilities }) => {
  async function linesAbout(job: string): Promise<readonly string[]> {
    const text = await readFile(LOG_FILE, 'utf8');
    return text.split('\n').filter((line) => line.includes(job));
  }

  it('appends a line per message, all of them in the file once it is closed', async () => {
    const job = randomUUID();
    for (const run of [1, 2]) {
      {
        await using logger = await open();
        logger.instance.info('started', { job, run });
        logger.instance.info('done', { job, run });
      }
      expect(await linesAbout(job)).toHaveLength(run * 2);
    }
  });

  it('writes one JSON object per line exactly where it says structured', async () => {
    const job = randomUUID();
    {
      await using logger = await open();
      logger.instance.info('done', { job, blocks: 86 });
    }
    const [line = ''] = await linesAbout(job);
    const expected: unknown = expect.objectContaining({ msg: 'done', job, blocks: 86 });
    expect(parsed(line)).toEqual(capabilities.includes('structured') ? expected : undefined);
  });
});

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
