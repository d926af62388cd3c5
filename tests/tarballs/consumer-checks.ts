import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finished, run, runWell } from '../support/run.js';
import { root } from '../support/workspace.js';
import type { PackedProject } from './packed-project.js';

/** Compiles sources, by file name, as a strict user does, and checks every declaration that we ship. */
export function compile(
  { path }: PackedProject,
  sources: Readonly<Record<string, string>>,
  options: object,
): Promise<Finished> {
  for (const [file, text] of Object.entries(sources)) writeFileSync(join(path, file), text);
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    rootDir: '.',
    outDir: 'compiled',
    ...options,
  };
  const tsconfig = { compilerOptions, files: Object.keys(sources) };
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify(tsconfig));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return run(process.execPath, [tsc, '--project', 'tsconfig.json', '--pretty', 'false'], { cwd: path });
}

/** Every error code in the declarations of the installed core. */
export function errorCodes({ path }: PackedProject): string[] {
  const dist = join(path, 'node_modules/@oneiric/core/dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.d.ts'),
  );
  const text = files.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');
  return [
    ...new Set(
      [...text.matchAll(/^ +(?<code>ONEIRIC_[A-Z_]+): \{/gm)].map((match) => match.groups?.['code'] ?? ''),
    ),
  ];
}

/** The URL of every ES module and the path of every CommonJS module that an import brings in. */
export async function modulesLoadedBy({ path }: PackedProject, specifier: string): Promise<string[]> {
  const hook = `export async function load(url, context, next) { console.log(url); return next(url, context); }`;
  const hookUrl = `data:text/javascript,${encodeURIComponent(hook)}`;
  const script = `
    import { createRequire, register } from 'node:module';
    register(${JSON.stringify(hookUrl)});
    await import(${JSON.stringify(specifier)});
    console.log(Object.keys(createRequire(import.meta.url).cache).join('\\n'));
  `;
  const output = await runWell(process.execPath, ['--input-type=module', '--eval', script], { cwd: path });
  return output.split('\n');
}
