import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { printsAsShown, readExamples, withOutput } from './examples.js';
import type { ReaderProject } from './reader-project.js';
import type { Finished } from './run.js';
import { root } from './workspace.js';

/** `UPDATE_EXAMPLES=1` writes what is printed into the documents where it differs from what they show. */
const UPDATE = process.env['UPDATE_EXAMPLES'] === '1';
const COMPILE_TIMEOUT_MS = 60_000;
const RUN_TIMEOUT_MS = 120_000;

/** One test for each example of a document, in its order; a file that one example writes is there for the next. */
export function describeDocument(file: string, createProject: () => ReaderProject): void {
  const examples = readExamples(readFileSync(file, 'utf8'));
  if (examples.length === 0) return;

  describe(relative(root, file), () => {
    let project: ReaderProject;
    let compiled: Finished;

    beforeAll(async () => {
      project = createProject();
      compiled = await project.compile(examples);
    }, COMPILE_TIMEOUT_MS);

    it('compiles, all TypeScript in it', () => {
      expect(compiled).toEqual({ code: 0, output: '' });
    });

    for (const [at, example] of examples.entries()) {
      if (example.kind === 'file') {
        it(`line ${example.line}: ${example.path} can be written`, () => {
          project.write(example.path, example.text);
        });
      } else {
        it(
          `line ${example.line}: ${firstLine(example.text)} does what is shown`,
          async () => {
            const { code, output } = await project.run(example);
            const shown = example.output ?? '…';
            const fits = printsAsShown(output, shown);
            if (UPDATE && !fits) writeFileSync(file, withOutput(readFileSync(file, 'utf8'), at, output));
            const expected = fits ? output : shown;
            expect({ code, output }).toEqual({ code: example.exitCode, output: expected });
          },
          RUN_TIMEOUT_MS,
        );
      }
    }
  });
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
