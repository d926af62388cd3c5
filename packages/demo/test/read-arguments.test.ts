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
  [['--serve'], { name: 'demo', jobs: 8, isJson: false }],
  [['--serve', '--name', 'places', '--jobs', '2', '--json'], { name: 'places', jobs: 2, isJson: true }],
])('serves for %j', (args, expected) => {
  expect(readArguments(args)).toEqual({ kind: 'serve', ...expected });
});

it.each([
  [
    'an unknown key',
    ['--select', 'compresor=gzip'],
    'reader, serializer, compressor, cache, ids, digest, logger',
  ],
  ['a key without a provider', ['--select', 'compressor'], '<key>=<provider>'],
  ['an unknown option', ['--selekt', 'ids=uuid'], '--selekt'],
  ['a stray word', ['gzip'], 'gzip'],
  ['a selection of a service', ['--serve', '--select', 'ids=uuid'], '--select is not for'],
  ['a name without a service', ['--name', 'places'], '--name is not for'],
  ['JSON without a service', ['--json'], '--json is not for'],
  ['no jobs', ['--serve', '--jobs', '0'], '1 to 64'],
  ['too many jobs', ['--serve', '--jobs', '65'], '1 to 64'],
  ['jobs that are no number', ['--serve', '--jobs', '1e1'], '1 to 64'],
  ['a property of every object', ['--select', 'constructor=gzip'], '<key>=<provider>'],
])('refuses %s and says what it takes', (_, args, told) => {
  expect(readArguments(args)).toEqual({ kind: 'mistake', text: expect.stringContaining(told) as unknown });
});

it('names every option in the help', () => {
  for (const option of ['--select', '--serve', '--name', '--jobs', '--json', '--help', '-h'])
    expect(HELP).toContain(option);
});
