import { isBuiltin } from 'node:module';

import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isPackageName } from './package-name.js';
import { REFERENCE_ERRORS } from './reference-errors.js';

/** A factory named by text: an export of a package, or of a file inside the project. */
export type FactoryReference =
  | {
      readonly kind: 'package';
      readonly package: string;
      /** `cache` of `@acme/redis/cache#create`; empty for the package's main entry. */
      readonly subpath: string;
      readonly exportName: string;
    }
  | {
      readonly kind: 'file';
      /** Relative to the project, with `/`, without the leading `./`. */
      readonly path: string;
      readonly exportName: string;
    };

interface ReferenceRule {
  readonly name: string;
  readonly expected: string;
  /** What is wrong with `text`, or undefined where this rule has nothing against it. */
  readonly refuse: (text: string) => string | undefined;
}

const LONGEST = 512;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const PLAIN = /^[A-Za-z0-9._~@+/#$-]*$/;
const EXPORT = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/**
 * What a reference is checked for, in this order; the first rule that refuses names the reason. The checks see
 * only text: whether the file is there, and really inside the project, is decided when it is loaded.
 */
const REFERENCE_RULES: readonly ReferenceRule[] = [
  {
    name: 'length',
    expected: `1 to ${String(LONGEST)} characters`,
    refuse: (text) => {
      if (typeof (text as unknown) !== 'string') return 'it is no text';
      return text.length >= 1 && text.length <= LONGEST
        ? undefined
        : `it has ${String(text.length)} characters`;
    },
  },
  {
    name: 'control',
    expected: 'no control characters',
    refuse: (text) => (CONTROL.test(text) ? 'it contains a control character' : undefined),
  },
  {
    name: 'backslash',
    expected: 'folders separated by "/"',
    refuse: (text) => (text.includes('\\') ? 'it contains a backslash' : undefined),
  },
  {
    name: 'encoded',
    expected: 'plain characters, not encoded ones',
    refuse: (text) => (text.includes('%') ? 'it contains "%"' : undefined),
  },
  {
    name: 'builtin',
    expected: 'a package or a file of the project',
    refuse: (text) => (isNodeModule(text) ? 'it names a module that is part of Node' : undefined),
  },
  {
    name: 'scheme',
    expected: 'a package or a file of the project',
    refuse: (text) => (SCHEME.test(text) ? 'it is a URL or has a drive letter' : undefined),
  },
  {
    name: 'absolute',
    expected: 'a path relative to the project, starting with "./"',
    refuse: (text) => (text.startsWith('/') ? 'it is an absolute path' : undefined),
  },
  {
    name: 'escape',
    expected: 'a path that stays inside the project',
    refuse: (text) =>
      segmentsOf(text).some((part, index) => part === '..' || (part === '.' && index > 0))
        ? 'it steps through "." or ".."'
        : undefined,
  },
  {
    name: 'characters',
    expected: 'only A-Z a-z 0-9 . _ ~ @ + - / and, before the export, one #',
    refuse: (text) => (PLAIN.test(text) ? undefined : 'it contains other characters'),
  },
  {
    name: 'export',
    expected: 'one "#" followed by the name of an export ("#default" for the default one)',
    refuse: (text) => (isExportName(text.split('#').slice(1).join('#')) ? undefined : exportProblem(text)),
  },
  {
    name: 'path',
    expected: 'package/path#export or ./file.js#export',
    refuse: (text) => pathProblem(segmentsOf(text)),
  },
  {
    name: 'installed',
    expected: 'an installed package by its name',
    refuse: (text) =>
      segmentsOf(text).some((part) => part.toLowerCase() === 'node_modules')
        ? 'it reaches into node_modules'
        : undefined,
  },
];

/**
 * Reads a factory reference, `package/path#export` or `./file.js#export`, without touching the disk.
 *
 * @throws `ONEIRIC_REFERENCE_REFUSED` for everything else: a Node built-in, a URL, an absolute path, `..`,
 * encoded characters, backslashes, control characters, a missing export
 */
export function parseFactoryReference(text: string): FactoryReference {
  for (const { name, expected, refuse } of REFERENCE_RULES) {
    const found = refuse(text);
    if (found === undefined) continue;
    throw createError(REFERENCE_ERRORS, 'ONEIRIC_REFERENCE_REFUSED', {
      reference: describeValue(text),
      rule: name,
      found,
      expected,
    });
  }
  const exportName = text.slice(text.indexOf('#') + 1);
  const [first = '', ...rest] = segmentsOf(text);
  if (first === '.') return { kind: 'file', path: rest.join('/'), exportName };
  const scoped = first.startsWith('@');
  return {
    kind: 'package',
    package: scoped ? `${first}/${String(rest[0])}` : first,
    subpath: rest.slice(scoped ? 1 : 0).join('/'),
    exportName,
  };
}

function segmentsOf(text: string): readonly string[] {
  const [path = ''] = text.split('#', 1);
  return path.split('/');
}

function isNodeModule(text: string): boolean {
  const lower = text.toLowerCase();
  return lower.startsWith('node:') || isBuiltin(segmentsOf(lower)[0] ?? '');
}

function isExportName(name: string): boolean {
  return EXPORT.test(name) && !(name in Object.prototype);
}

function exportProblem(text: string): string {
  if (!text.includes('#')) return 'it names no export';
  return `${describeValue(text.slice(text.indexOf('#') + 1))} is not the name of an export`;
}

function pathProblem(segments: readonly string[]): string | undefined {
  if (segments.some((part) => part === '' || (part !== '.' && part.endsWith('.'))))
    return 'a part of its path is empty or ends in "."';
  if (segments[0] === '.') return segments.length > 1 ? undefined : 'it names no file';
  const scoped = segments[0]?.startsWith('@') === true;
  const name = segments.slice(0, scoped ? 2 : 1).join('/');
  return isPackageName(name) ? undefined : `${describeValue(name)} is not the name of a package`;
}
