import { join } from 'node:path';

import { findInstalledPackage, hasManifest, readManifest } from '../../src/security/installed-package.js';
import { aProject } from '../config/a-project.js';

const MIB = 1_048_576;

describe('the package.json of a folder', () => {
  it.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '7'],
    ['a text', '"acme"'],
    ['true', 'true'],
    ['no JSON', '{'],
    ['empty', ''],
    ['longer than 1 MiB', '{}'.padEnd(MIB + 1)],
  ])('holds nothing where it is %s, and is there', async (_what, text) => {
    const folder = aProject({ 'package.json': text });
    expect(await readManifest(folder)).toBeUndefined();
    expect(await hasManifest(folder)).toBe(true);
  });

  it.each([
    ['is missing', {}],
    ['is a folder', { 'package.json/file.txt': '' }],
  ])('is not there where it %s', async (_what, files) => {
    const folder = aProject(files);
    expect(await readManifest(folder)).toBeUndefined();
    expect(await hasManifest(folder)).toBe(false);
  });

  it('is read with up to 1 MiB', async () => {
    const folder = aProject({ 'package.json': '{ "name": "acme" }'.padEnd(MIB) });
    expect(await readManifest(folder)).toEqual({ name: 'acme' });
  });

  it('is read without the byte order mark that it begins with', async () => {
    const folder = aProject({ 'package.json': '\uFEFF{ "name": "acme" }' });
    expect(await readManifest(folder)).toEqual({ name: 'acme' });
  });

  it('keeps a byte order mark anywhere else', async () => {
    const folder = aProject({ 'package.json': '{ "name": "ac\uFEFFme" }' });
    expect(await readManifest(folder)).toEqual({ name: 'ac\uFEFFme' });
  });
});

describe('a package that code in a folder imports', () => {
  const files = {
    'package.json': '{ "name": "acme" }',
    'node_modules/redis/package.json': '{ "version": "1.0.0" }',
    'inner/package.json': '{ "name": "inner" }',
    'inner/node_modules/redis/package.json': '{ "version": "2.0.0" }',
    'inner/src/file.js': '',
    'src/file.js': '',
  };

  it('is the one in the nearest node_modules', async () => {
    const folder = aProject(files);
    expect(await findInstalledPackage('redis', join(folder, 'inner/src'))).toEqual({
      folder: join(folder, 'inner/node_modules/redis'),
      manifest: { version: '2.0.0' },
    });
    expect(await findInstalledPackage('redis', join(folder, 'src'))).toEqual({
      folder: join(folder, 'node_modules/redis'),
      manifest: { version: '1.0.0' },
    });
  });

  it('is the package that the folder is in, by its own name', async () => {
    const folder = aProject(files);
    expect(await findInstalledPackage('acme', join(folder, 'src'))).toEqual({
      folder,
      manifest: { name: 'acme' },
    });
  });

  it('is none that only a package further out has the name of', async () => {
    expect(await findInstalledPackage('acme', join(aProject(files), 'inner/src'))).toBeUndefined();
  });

  it('is none further out, either, where the nearest package.json cannot be read', async () => {
    const folder = aProject({ ...files, 'inner/package.json': '{' });
    expect(await findInstalledPackage('acme', join(folder, 'inner'))).toBeUndefined();
  });
});
