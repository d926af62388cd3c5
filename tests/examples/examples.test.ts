import { describe, expect, it } from '@jest/globals';
import { printsAsShown, readExamples, withOutput } from '../support/examples.js';

const fence = '```';
const document = [
  'Text.',
  '',
  `${fence}yaml file=a.yaml`,
  'a: 1',
  fence,
  '',
  `${fence}sh run exit=2`,
  'cat a.yaml',
  fence,
  '',
  `${fence}text output`,
  'old',
  fence,
  '',
  `${fence}sh run`,
  'true',
  fence,
  '',
  'Text between.',
  '',
  `${fence}text output`,
  'no output of the block above',
  fence,
  '',
].join('\n');

describe('the examples of a document', () => {
  it('are its files and its runs, with the output that stands directly below', () => {
    expect(readExamples(document)).toMatchObject([
      { kind: 'file', line: 3, language: 'yaml', path: 'a.yaml', text: 'a: 1\n' },
      { kind: 'run', line: 7, text: 'cat a.yaml\n', exitCode: 2, output: 'old\n', outputLine: 11 },
      { kind: 'run', line: 15, text: 'true\n', exitCode: 0, output: undefined },
    ]);
  });

  it('get their output replaced and nothing else', () => {
    const updated = withOutput(document, 1, 'new\nand longer\n');
    expect(updated).toBe(document.replace('\nold\n', '\nnew\nand longer\n'));
  });

  it.each([
    { printed: 'a 12 ms b\n', shown: 'a … b\n', fits: true },
    { printed: 'a\nb\nc\n', shown: 'a\n…\nc\n', fits: true },
    { printed: 'a.b', shown: 'axb', fits: false },
    { printed: 'a\nb\n', shown: 'a\n', fits: false },
    { printed: '', shown: 'a\n', fits: false },
  ])('are compared exactly but for the ellipsis: $printed as $shown', ({ printed, shown, fits }) => {
    expect(printsAsShown(printed, shown)).toBe(fits);
  });
});
