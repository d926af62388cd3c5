import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, parse } from 'node:path';
import type { Example, RunExample } from './examples.js';
import { run, type Finished } from './run.js';
import { root } from './workspace.js';

/** A project in which a document's examples are followed: a folder that has the packages installed. */
export class ReaderProject {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Compiles every TypeScript example of a document at once, all of them strictly. */
  async compile(examples: readonly Example[]): Promise<Finished> {
    const files = examples
      .filter(({ language }) => language === 'ts')
      .map((example) => this.#writeSource(example));
    if (files.length === 0) return { code: 0, output: '' };
    const tsconfig = {
      compilerOptions: {
        target: 'es2022',
        lib: ['es2023', 'esnext.disposable'],
        module: 'nodenext',
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        experimentalDecorators: true,
        rootDir: '.',
        outDir: 'compiled',
      },
      files,
    };
    writeFileSync(join(this.#path, 'tsconfig.json'), JSON.stringify(tsconfig));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    return run(process.execPath, [tsc, '--project', 'tsconfig.json', '--pretty', 'false'], {
      cwd: this.#path,
    });
  }

  /** Writes a file example under its own name. */
  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.#path, path)), { recursive: true });
    writeFileSync(join(this.#path, path), text);
  }

  run(example: RunExample): Promise<Finished> {
    const options = {
      cwd: this.#path,
      env: {
        PATH: [join(this.#path, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
        // The processes of this document, and no others of this machine, can be attached to.
        ONEIRIC_RUNTIME_DIR: join(this.#path, 'run'),
      },
    };
    return example.language === 'ts'
      ? run(process.execPath, [join('compiled', `example-line-${example.line}.js`)], options)
      : // Into one pipe, so that what is written first is read first.
        run('sh', ['-e', '-c', `exec 2>&1\n${example.text}`], options);
  }

  /** A file that a document shows twice, in two states, is compiled under two names. */
  #writeSource(example: Example): string {
    const own = example.kind === 'file' ? example.path : undefined;
    const free = own !== undefined && !existsSync(join(this.#path, own));
    const path = free ? own : join(parse(own ?? '').dir, `example-line-${example.line}.ts`);
    this.write(path, example.text);
    return path;
  }
}
