import { HELP, readArguments } from '../src/read-arguments.js';

it('changes the serializer to msgpack when nothing is asked', () => {
  expect(readArguments([])).toEqual({ kind: 'run', selection: { tool: 'serializer', provider: 'msgpack' } });
});

it.each(['compressor=gzip', 'adapter/compressor=gzip'])('takes --select %s', (text) => {
  expect(readArguments(['--select', text])).toEqual({
    kind: 'run',
    selection: { tool: 'compressor', provider: 'gzip' },
  });
});

it.each([['--help'], ['-h'], ['--select', 'ids=uuid', '--help']])(
  'shows the help for %j %j %j',
  (...args) => {
    expect(readArguments(args)).toEqual({ kind: 'help' });
  },
);

it.each([
  [
    'an unknown key',
    ['--select', 'compresor=gzip'],
    'reader, serializer, compressor, cache, ids, digest, logger',
  ],
  ['a key without a provider', ['--select', 'compressor'], '<key>=<provider>'],
  ['an unknown option', ['--selekt', 'ids=uuid'], '--selekt'],
  ['a stray word', ['gzip'], 'gzip'],
  ['a property of every object', ['--select', 'constructor=gzip'], '<key>=<provider>'],
])('refuses %s and says what it takes', (_, args, told) => {
  expect(readArguments(args)).toEqual({ kind: 'mistake', text: expect.stringContaining(told) as unknown });
});

it('names every option in the help', () => {
  for (const option of ['--select', '--help', '-h']) expect(HELP).toContain(option);
});
