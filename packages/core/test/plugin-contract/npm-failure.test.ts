import { tellNpmFailure } from '../../src/plugin-contract/npm-failure.js';

describe('what is told of a failed npm', () => {
  it.each([
    [
      'is its error, without warnings, prefixes and the path of a log',
      [
        'npm warn Unknown env config "nodedir". This will stop working in the next major version of npm.',
        'npm error Invalid package, must have name and version',
        'npm error A complete log of this run can be found in: /home/me/.npm/_logs/2026-11-21T15_17_01_508Z-debug-0.log',
      ],
      'Invalid package, must have name and version',
    ],
    [
      'is the error of older versions, and all lines of it',
      [
        'npm ERR! code EJSONPARSE',
        'npm ERR! ',
        'npm ERR! Unexpected token',
        'npm ERR!     /home/me/x-debug-0.log',
      ],
      'code EJSONPARSE; Unexpected token',
    ],
    [
      'is the last line of what was said, where npm did not begin',
      ['a', 'sh: 1: npm: not found', ''],
      'sh: 1: npm: not found',
    ],
    ['is nothing, where it printed nothing', [''], undefined],
  ])('%s', (_, lines, told) => {
    expect(tellNpmFailure(lines.join('\n'))).toBe(told);
  });
});
