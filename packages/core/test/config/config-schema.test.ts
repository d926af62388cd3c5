import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchemaObject } from 'ajv';
import fc from 'fast-check';

import { LayerReport } from '../../src/config/layer-report.js';
import { readFileLayers } from '../../src/config/read-config-value.js';
import { holds, propertyTimeoutMs } from '../property.js';
import { invalidDocument, validDocument } from './a-document.js';
import { load } from './a-project.js';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../schemas/oneiric.config.schema.json'), 'utf8'),
) as AnySchemaObject;
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
const FILE = 'packages/core/test/config/config-schema.test.ts';

/** What the reader has against a document, as the file that holds it. */
function problemsOf(document: unknown): readonly string[] {
  const report = new LayerReport('oneiric.config.json', {
    locate: () => ({ kind: 'config' }),
    excerpt: () => [],
  });
  readFileLayers(JSON.parse(JSON.stringify(document)), report);
  return report.problems.map(({ path, found, expected }) => `${path}: ${found}; ${expected}`);
}

describe('the JSON Schema of the configuration', () => {
  it(
    'takes what the reader takes',
    async () => {
      await holds(
        fc.asyncProperty(validDocument, (document) => {
          const json: unknown = JSON.parse(JSON.stringify(document));
          expect([validate(json), validate.errors, problemsOf(document)]).toEqual([true, null, []]);
          return Promise.resolve();
        }),
        { file: FILE, runs: 300, soakShare: 0.05 },
      );
    },
    propertyTimeoutMs,
  );

  it(
    'refuses what the reader refuses',
    async () => {
      await holds(
        fc.asyncProperty(invalidDocument, (document) => {
          const json: unknown = JSON.parse(JSON.stringify(document));
          expect([validate(json), problemsOf(document).length > 0]).toEqual([false, true]);
          return Promise.resolve();
        }),
        { file: FILE, runs: 500, soakShare: 0.05 },
      );
    },
    propertyTimeoutMs,
  );

  it('is named in the file by $schema, which nothing else reads', async () => {
    const { config } = await load({
      'oneiric.config.json': '{ "$schema": "./x.json", "defaultPriority": 2 }',
    });
    expect(config.defaultPriority).toBe(2);
  });

  it('describes every section that the reader knows', () => {
    const [problem = ''] = problemsOf({ x: 1 });
    const named = problem.replace(/^.*one of /, '').split(', ');
    expect(Object.keys(schema['properties'] as object).filter((name) => name !== '$schema')).toEqual(named);
  });
});
