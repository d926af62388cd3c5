import fc from 'fast-check';

/** What stands in configurations, and what does not belong there. */
const TOKENS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ':',
    ',',
    '"',
    "'",
    '`',
    '\\',
    '#',
    '&a ',
    '*a',
    '!!x ',
    '---\n',
    '? ',
    '- ',
    '|\n',
  ],
  ...[
    'null',
    'true',
    '0',
    '-1',
    '1001',
    '1e999',
    '.nan',
    '0x10',
    '""',
    '~',
    '<<: ',
    'NaN',
    'undefined',
    '\t',
    '\r',
    '\n',
  ],
  ...[
    '\u0000',
    '\u001b[31m',
    '\u202e',
    '\uFEFF',
    '\ud800',
    'é',
    '😀',
    '__proto__',
    'constructor',
    'toString',
    '..',
    '../x',
  ],
  ...[
    'selections',
    'settings',
    'environments',
    'candidates',
    'env:',
    'env:SECRET',
    'file:',
    'file:/',
    'file:..',
    '\\env:',
  ],
  ...[
    'async ',
    'await ',
    'new ',
    '=> ',
    'throw ',
    'export default ',
    'import ',
    ' as any',
    '<T>',
    '...',
    '?.',
    'get x() { throw 1 }',
  ],
];

const change = fc.record({
  kind: fc.constantFrom('insert', 'delete', 'repeat', 'replace', 'swap', 'cut'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 12 }),
  token: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...TOKENS) },
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** A text with one to five changes in it. */
export function mutated(text: string): fc.Arbitrary<string> {
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => changes.reduce(apply, text));
}

function apply(text: string, { kind, at, to, length, token }: Change): string {
  const start = Math.floor(at * text.length);
  const [before, part, after] = [
    text.slice(0, start),
    text.slice(start, start + length),
    text.slice(start + length),
  ];
  switch (kind) {
    case 'insert':
      return before + token + part + after;
    case 'delete':
      return before + after;
    case 'repeat':
      return before + part.repeat(1 + (length % 4)) + part + after;
    case 'replace':
      return before + token + after;
    case 'swap': {
      const lines = text.split('\n');
      const [a, b] = [Math.floor(at * (lines.length - 1)), Math.floor(to * (lines.length - 1))];
      return lines.map((line, index) => lines[index === a ? b : index === b ? a : index] ?? line).join('\n');
    }
    case 'cut':
      return before;
    default:
      return kind satisfies never;
  }
}
