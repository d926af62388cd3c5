import { fileURLToPath } from 'node:url';

const CONDITIONS = new Set(['node', 'import']);

/**
 * The file that `import` would take for a package from `base`, by Node's own rules (`exports`, `main`, subpaths), with
 * its links not followed; undefined where there is none.
 */
export async function packageEntry(
  { package: name, subpath }: { readonly package: string; readonly subpath: string },
  base: URL,
): Promise<string | undefined> {
  const { moduleResolve } = await import('import-meta-resolve');
  try {
    const url = moduleResolve(subpath === '' ? name : `${name}/${subpath}`, base, CONDITIONS, true);
    return url.protocol === 'file:' ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}
