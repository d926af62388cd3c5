import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';

import { compileCommonJs, forgetModules, loadedModule, runCommonJs } from './common-js.js';
import type { LocatedFile } from './located-file.js';
import { type ModuleFormat, moduleFormat } from './module-format.js';
import { moduleHooks, type TellHooks } from './module-hooks.js';
import type { PinnedFile } from './pinned-file.js';
import { GENERATION } from './pinned-modules.js';
import { runTypeScript } from './typescript-module.js';

/** A module that has run. */
export interface RunModule {
  /** The namespace; of a CommonJS module what its `module.exports` is, which can be anything. */
  readonly exports: unknown;
  readonly isCommonJs: boolean;
  /** `isPinned`: of the bytes that ran. Otherwise of those on the disk, while something else had loaded the module. */
  readonly digest: string;
  readonly isPinned: boolean;
}

type Ran = Omit<RunModule, 'digest'>;

const modules = new Map<string, Promise<RunModule>>();
const generations = new Set<string>();

/** Can bytes be pinned? Where `import()` is not Node's own, a module is what is on the disk when that is called. */
export async function canPin(): Promise<boolean> {
  return (await moduleHooks()) !== undefined;
}

/** The module at a file, where this runs it or has run it. */
export function knownModule(
  located: LocatedFile,
  generation: number | undefined,
): Promise<RunModule> | undefined {
  return modules.get(urlOf(located, generation));
}

/**
 * Runs the bytes of a file as the module that it is, once: whoever wants the same module later gets this one, also by
 * `import` and `require`. A module that something else has loaded before stays what it is, and nothing is run.
 */
export function runModule(
  located: LocatedFile,
  pinned: PinnedFile,
  generation: number | undefined,
): Promise<RunModule> {
  const url = urlOf(located, generation);
  const known = modules.get(url);
  if (known !== undefined) return known;
  const { digest } = pinned;
  const running = run(located, pinned, url, generation).then((ran) => ({ ...ran, digest }));
  modules.set(url, running);
  running.catch(() => modules.delete(url));
  return running;
}

function urlOf({ file }: LocatedFile, generation: number | undefined): string {
  const { href } = pathToFileURL(file);
  return generation === undefined ? href : `${href}?${GENERATION}=${String(generation)}`;
}

async function run(
  { file, root }: LocatedFile,
  { bytes }: PinnedFile,
  url: string,
  generation: number | undefined,
): Promise<Ran> {
  const tell = await moduleHooks();
  if (generation !== undefined) await beginGeneration(root, generation, tell);
  const format = await moduleFormat(file);
  if (format === 'typescript') {
    return loadedBefore(file) ?? commonJs((await runTypeScript(file, textOf(bytes))).exports);
  }
  if (tell === undefined) return runUnpinned(url, format);
  if (format !== 'module') {
    const loaded = loadedBefore(file);
    if (loaded !== undefined) return loaded;
    const body = compileCommonJs(file, textOf(bytes));
    if (typeof body === 'function') return commonJs(runCommonJs(file, body));
    if (format === 'commonjs') throw body;
  }
  return runPinned(url, bytes, tell);
}

/** What `require` has is loaded: CommonJS, TypeScript, or a module that was required, whose exports are its namespace. */
function loadedBefore(file: string): Ran | undefined {
  const loaded = loadedModule(file);
  if (loaded === undefined || types.isModuleNamespaceObject(loaded.exports)) return undefined;
  return { ...commonJs(loaded.exports), isPinned: false };
}

function commonJs(exports: unknown): Ran {
  return { exports, isCommonJs: true, isPinned: true };
}

async function runPinned(url: string, source: Uint8Array, tell: TellHooks): Promise<Ran> {
  await tell({ kind: 'pin', url, source });
  let exports: unknown;
  try {
    exports = (await importBoxed(url)).namespace;
  } catch (error) {
    await tell({ kind: 'unpin', url });
    throw error;
  }
  return { exports, isCommonJs: false, isPinned: await tell({ kind: 'unpin', url }) };
}

/** Something imports the modules here that is not Node, and that knows by itself what each of them is. */
async function runUnpinned(url: string, format: ModuleFormat): Promise<Ran> {
  const { namespace } = await importBoxed(url);
  const isCommonJs = format !== 'module' && 'module.exports' in namespace;
  return { exports: isCommonJs ? namespace['default'] : namespace, isCommonJs, isPinned: false };
}

type Namespace = Readonly<Record<string, unknown>>;

/** In another module, whose namespace is none that could be taken for a promise. */
async function importBoxed(url: string): Promise<{ readonly namespace: Namespace }> {
  const source = `export * as namespace from ${JSON.stringify(url)};`;
  return (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
    readonly namespace: Namespace;
  };
}

/** A generation is told once what it is below; what `require` has kept of the one before is not the new one. */
async function beginGeneration(root: string, generation: number, tell: TellHooks | undefined): Promise<void> {
  const begun = `${String(generation)} ${root}`;
  if (generations.has(begun)) return;
  generations.add(begun);
  forgetModules(root);
  await tell?.({ kind: 'generations', root: pathToFileURL(root + sep).href });
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
