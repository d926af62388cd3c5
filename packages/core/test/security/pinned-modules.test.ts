import { PinnedModules } from '../../src/security/pinned-modules.js';

const ROOT = 'file:///app/';
const URL_OF = 'file:///app/src/cache.js';
const PARENT = 'file:///app/plugin.js';

describe('a module that another imports', () => {
  const pinned = new PinnedModules();
  pinned.handle({ kind: 'generations', root: ROOT });

  it('belongs to the generation of the one that imports it', () => {
    expect(pinned.handOn(URL_OF, `${PARENT}?oneiric-generation=7`)).toBe(`${URL_OF}?oneiric-generation=7`);
  });

  it.each([
    ['nobody imports it', URL_OF, undefined],
    ['the one that imports it has none', URL_OF, PARENT],
    ['it belongs to a package', `${ROOT}node_modules/acme/index.js`, `${PARENT}?oneiric-generation=7`],
    ['it is imported by a package', URL_OF, `${ROOT}node_modules/acme/index.js?oneiric-generation=7`],
    ['it is outside', 'file:///apple/index.js', `${PARENT}?oneiric-generation=7`],
    ['it has a query of its own', `${URL_OF}?x`, `${PARENT}?oneiric-generation=7`],
  ])('belongs to none where %s', (_what, url, parent) => {
    expect(pinned.handOn(url, parent)).toBe(url);
  });
});
