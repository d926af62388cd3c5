import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import fc from 'fast-check';

import { decide } from '../../src/decision/decide.js';
import { FILTER_CODES } from '../../src/decision/finding.js';
import { MARK_CODES } from '../../src/decision/mark.js';
import { RANK_RULE_NAMES } from '../../src/decision/rank-rules.js';
import { whatIf } from '../../src/decision/what-if.js';
import { aQuestion } from './a-question.js';
import { anySetting } from './some-settings.js';

const file = join(import.meta.dirname, '../../schemas/explanation.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject;
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
const validate = ajv.compile(schema);

/** Every property name that the schema mentions. */
const described = new Set(
  [...JSON.stringify(schema).matchAll(/"properties":\{|"(\w+)":\{/g)].map(([, name]) => name),
);

describe('the JSON form of an explanation', () => {
  it('obeys its schema, whatever was asked', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const form: unknown = JSON.parse(JSON.stringify(decide(aQuestion(setting))));
        expect([validate(form), validate.errors]).toEqual([true, null]);
      }),
      { numRuns: 2000 },
    );
  });

  it('has no property that the schema does not describe', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const form = decide(aQuestion(setting)).toJSON();
        expect([...namesIn(form)].filter((name) => !described.has(name))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('obeys its schema for a supposed world, too', () => {
    fc.assert(
      fc.property(anySetting, fc.constantFrom('redis', 'memory', null), (setting, to) => {
        const form: unknown = JSON.parse(
          JSON.stringify(whatIf(aQuestion(setting), [{ change: 'selection', to }])),
        );
        expect([validate(form), validate.errors]).toEqual([true, null]);
      }),
      { numRuns: 300 },
    );
  });

  it('has the same properties as the explanation itself, and the same values but for the winner', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const explanation = decide(aQuestion(setting));
        const { winner, ...form } = explanation.toJSON();
        for (const [name, value] of Object.entries(form)) {
          expect(explanation[name as keyof typeof form]).toEqual(value);
        }
        expect(winner?.provider).toBe(explanation.winner?.provider);
      }),
      { numRuns: 200 },
    );
  });

  it('survives a round trip: what is written is what is read', () => {
    fc.assert(
      fc.property(anySetting, (setting) => {
        const text = JSON.stringify(decide(aQuestion(setting)));
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('is what console.log shows', () => {
    const explanation = decide(aQuestion({ offers: [{ provider: 'redis' }] }));
    const shown = (explanation as unknown as Record<symbol, () => unknown>)[
      Symbol.for('nodejs.util.inspect.custom')
    ]!();
    expect(shown).toEqual(explanation.toJSON());
  });

  it('names every code and rule in its schema, in order', () => {
    const { filterCode, rankRule } = schema['$defs'] as Record<string, { enum: string[] }>;
    expect(filterCode?.enum).toEqual([...FILTER_CODES]);
    expect(rankRule?.enum).toEqual([...RANK_RULE_NAMES]);
    expect(JSON.stringify(schema)).toContain(`"code":{"enum":${JSON.stringify(MARK_CODES)}}`);
  });

  it('holds no absolute path and no time', () => {
    const source = {
      kind: 'plugin',
      id: 'https://user:secret@host/x',
      file: '/home/someone/app/plugin.ts',
      line: 4,
    } as const;
    const text = JSON.stringify(decide(aQuestion({ offers: [{ source }] })));
    expect(text).toContain('"file":"plugin.ts"');
    expect(text).not.toMatch(/home|secret|\d{4}-\d{2}-\d{2}|\d{13}/);
  });

  it('is refused by the schema where something is amiss', () => {
    const form = decide(aQuestion({ offers: [{ provider: 'a' }, { provider: 'b' }] })).toJSON();
    const broken: readonly object[] = [
      { ...form, schemaVersion: 2 },
      { ...form, outcome: 'maybe' },
      { ...form, fingerprint: 'sha256-x' },
      { ...form, candidates: [{ ...form.candidates[0], state: 'gone' }] },
      { ...form, candidates: [{ ...form.candidates[0], state: 'shadowed' }] },
      {
        ...form,
        candidates: [{ ...form.candidates[0], state: 'filtered', code: 'CONFLICT', expected: 1, actual: 2 }],
      },
      Object.fromEntries(Object.entries(form).filter(([name]) => name !== 'decidedBy')),
    ];
    expect(broken.map((value) => validate(JSON.parse(JSON.stringify(value))))).toEqual(
      broken.map(() => false),
    );
  });
});

function namesIn(value: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, item] of Object.entries(value)) {
    if (!Array.isArray(value)) found.add(name);
    if (item !== undefined) namesIn(item, found);
  }
  return found;
}
