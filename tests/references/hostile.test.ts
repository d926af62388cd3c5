import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTemporaryFolder } from '../support/temporary-folder.js';
import { createHostileProject } from './hostile-project.js';
import { hostileReferences } from './hostile-references.js';
import { type Outcome, takeSteps } from './reference-project.js';

const folder = createTemporaryFolder('hostile');
const references = hostileReferences(folder.path);
const outcomes = new Map<string, Outcome>();
const marker = join(folder.path, 'marker');
let closeServer = (): void => undefined;

beforeAll(async () => {
  const { project, server } = await createHostileProject(folder.path);
  closeServer = () => server.close();
  const steps = references.map(({ reference }) => ({ do: 'load', reference, timeoutMs: 20_000 }) as const);
  const found = await takeSteps(project, steps, {}, { MARKER: marker });
  references.forEach(({ reference }, index) => outcomes.set(reference, found[index] as Outcome));
});

afterAll(() => {
  closeServer();
  folder[Symbol.dispose]();
});

describe('a hostile reference', () => {
  it.each(references)('is refused with a code: $trick', ({ reference, code, rule }) => {
    const { message = '', ...outcome } = outcomes.get(reference) ?? {};
    expect(outcome).toMatchObject({ code, ...(rule === undefined ? {} : { rule }) });
    expect(message.replace(JSON.stringify(reference), '')).not.toContain(`${folder.path}/project/`);
    // eslint-disable-next-line no-control-regex -- a message never carries what it warns of
    expect(message).not.toMatch(/[\u0000-\u001f\u007f\u202e]/);
  });

  it('never has run anything', () => {
    expect(existsSync(marker)).toBe(false);
  });

  it('would have been noticed if it had', async () => {
    const project = join(folder.path, 'project');
    writeFileSync(join(project, 'src/noticed.js'), `import './evil.js'; export const create = 1;`);
    await takeSteps(project, [{ do: 'load', reference: './src/noticed.js#create' }], {}, { MARKER: marker });
    expect(existsSync(marker)).toBe(true);
  });
});
