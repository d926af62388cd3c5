import { fileURLToPath } from 'node:url';

import { importConditions } from './import-conditions.js';

export type PackageEntry =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing' }
  /** A package.json that has to be asked is no JSON, or begins with a byte order mark. */
  | { readonly kind: 'unreadable' }
  /** Its package.json names a target that is not inside it. */
  | { readonly kind: 'escapes' };

const CONDITIONS = new Set(importConditions());

const KINDS_BY_CODE: Readonly<Record<string, 'escapes' | 'unreadable'>> = {
  ERR_INVALID_PACKAGE_TARGET: 'escapes',
  ERR_INVALID_PACKAGE_CONFIG: 'unreadable',
};

/**
 * The file that `import` would take for a package from `base`, by Node's own rules (`exports`, `main`, subpaths). Its
 * links are not followed.
 */
export async function packageEntry(
  { package: name, subpath }: { readonly package: string; readonly subpath: string },
  base: URL,
): Promise<PackageEntry> {
  // Node has this as import.meta.resolve, for the module that calls it alone.
  const { moduleResolve } = await import('import-meta-resolve');
  try {
    const url = moduleResolve(subpath === '' ? name : `${name}/${subpath}`, base, CONDITIONS, true);
    return url.protocol === 'file:' ? { kind: 'found', path: fileURLToPath(url) } : { kind: 'missing' };
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    return { kind: KINDS_BY_CODE[String(code)] ?? 'missing' };
  }
}
