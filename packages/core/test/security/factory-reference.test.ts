import { isBuiltin } from 'node:module';

import fc from 'fast-check';

import { OneiricError } from '../../src/errors/oneiric-error.js';
import type { ReferenceErrorCode } from '../../src/security/reference-errors.js';
import { parseFactoryReference } from '../../src/security/factory-reference.js';

const REFUSED: ReferenceErrorCode = 'ONEIRIC_REFERENCE_REFUSED';

describe('a factory reference', () => {
  it.each([
    [
      '@acme/oneiric-redis/cache#createCache',
      { kind: 'package', package: '@acme/oneiric-redis', subpath: 'cache', exportName: 'createCache' },
    ],
    ['@acme/redis#default', { kind: 'package', package: '@acme/redis', subpath: '', exportName: 'default' }],
    [
      'lru-cache/dist/esm/index.js#LRUCache',
      { kind: 'package', package: 'lru-cache', subpath: 'dist/esm/index.js', exportName: 'LRUCache' },
    ],
    ['JSONStream#parse', { kind: 'package', package: 'JSONStream', subpath: '', exportName: 'parse' }],
    ['./src/cache.js#createCache', { kind: 'file', path: 'src/cache.js', exportName: 'createCache' }],
    ['./fs#$make_1', { kind: 'file', path: 'fs', exportName: '$make_1' }],
    ['a#b', { kind: 'package', package: 'a', subpath: '', exportName: 'b' }],
  ])('%s is read', (text, reference) => {
    expect(parseFactoryReference(text)).toEqual(reference);
  });

  it('is read with up to 512 characters', () => {
    const path = `${'a'.repeat(504)}.js`;
    expect(parseFactoryReference(`./${path}#ab`)).toEqual({ kind: 'file', path, exportName: 'ab' });
  });

  it.each([
    ['length', ''],
    ['length', `${'a'.repeat(510)}#ab`],
    ['export', 'a'],
    ['control', 'pkg/a\u0000b#make'],
    ['control', 'pkg\n#make'],
    ['backslash', '.\\src\\cache.js#make'],
    ['backslash', 'pkg\\..\\other#make'],
    ['encoded', './src/%2e%2e/%2e%2e/etc#make'],
    ['encoded', 'pkg/%00#make'],
    ['builtin', 'fs#readFileSync'],
    ['builtin', 'FS#readFileSync'],
    ['builtin', 'node:fs#readFileSync'],
    ['builtin', 'NODE:sqlite#open'],
    ['builtin', 'fs/promises#readFile'],
    ['builtin', 'child_process#exec'],
    ['scheme', 'file:///etc/passwd#make'],
    ['scheme', 'data:text/javascript,export%20default%201#default'.replace('%20', '+').replace('%20', '+')],
    ['scheme', 'https://example.org/x.js#make'],
    ['scheme', 'C:/windows/x.js#make'],
    ['scheme', 'npm:lodash#make'],
    ['absolute', '/etc/passwd#make'],
    ['absolute', '//host/share/x.js#make'],
    ['escape', '../outside.js#make'],
    ['escape', './src/../../outside.js#make'],
    ['escape', 'pkg/../other#make'],
    ['escape', '..#make'],
    ['escape', './a/./b.js#make'],
    ['characters', 'pkg/a b#make'],
    ['characters', 'pkg/ä#make'],
    ['characters', 'pkg/x.js?query#make'],
    ['characters', ' fs#readFile'],
    ['export', 'pkg/cache'],
    ['export', 'pkg/cache#'],
    ['export', 'pkg/cache#a#b'],
    ['export', 'pkg/cache#a.b'],
    ['export', 'pkg/cache#__proto__'],
    ['export', 'pkg/cache#constructor'],
    ['path', '#make'],
    ['path', './#make'],
    ['path', '.#make'],
    ['path', 'pkg//cache#make'],
    ['path', 'pkg/#make'],
    ['path', 'pkg/cache.#make'],
    ['path', '@acme#make'],
    ['path', '@/x#make'],
    ['path', '.hidden/x#make'],
    ['path', 'node_modules/pkg#make'],
    ['path', '_x#make'],
  ])('is refused by the rule "%s": %j', (rule, text) => {
    let thrown: unknown;
    try {
      parseFactoryReference(text);
    } catch (error) {
      thrown = error;
    }
    if (!OneiricError.is(thrown, REFUSED)) throw new Error(`not refused: ${text}`);
    expect(thrown.details.rule).toBe(rule);
    // eslint-disable-next-line no-control-regex -- a message never carries what it warns of
    expect(thrown.message).not.toMatch(/[\u0000-\u001f]/);
  });

  it('never comes out with a path that leaves the project, whatever is typed', () => {
    const part = fc.constantFrom(
      'a',
      '.',
      '..',
      '',
      '@s',
      'fs',
      'node:',
      '%2e',
      '\\',
      'x.js',
      '...',
      '\u0000',
      ' ',
      '#',
      ':',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom('/', ''), (parts, separator) => {
        const text = `${parts.join(separator)}#make`;
        let reference;
        try {
          reference = parseFactoryReference(text);
        } catch (error) {
          return OneiricError.is(error, REFUSED);
        }
        const path = reference.kind === 'file' ? reference.path : `${reference.package}/${reference.subpath}`;
        return (
          (!path.startsWith('/') &&
            !path.split('/').includes('..') &&
            !isBuiltin(path.split('/')[0] ?? '')) ||
          reference.kind === 'file'
        );
      }),
      { numRuns: 2000 },
    );
  });
});
