import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const DIRECTIVE = '// @ts-expect-error';

/** The options of the tests, without the files of the rest. */
function compilerOptions(): ts.CompilerOptions {
  const config = fileURLToPath(new URL('tsconfig.json', import.meta.url));
  const parsed = ts.getParsedCommandLineOfConfigFile(
    config,
    { noEmit: true, incremental: false },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
      },
    },
  );
  const options: ts.CompilerOptions = { ...parsed?.options, skipLibCheck: true };
  delete options.tsBuildInfoFile;
  return options;
}

/** What the compiler says of `text` in the place of the file, by line. */
function errorsIn(file: string, text: string): ReadonlyMap<number, string> {
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version, ...rest) =>
    name === file
      ? ts.createSourceFile(name, text, version)
      : getSourceFile.call(host, name, version, ...rest);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`${file} is not compiled`);
  const found = new Map<number, string>();
  for (const { start = 0, code, messageText } of program.getSemanticDiagnostics(source)) {
    const { line } = source.getLineAndCharacterOfPosition(start);
    found.set(line + 1, `error TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  }
  return found;
}

/** The error that the comment above a directive announces, by the line that it announces it for. */
function announcedIn(lines: readonly string[]): ReadonlyMap<number, string> {
  const announced = new Map<number, string>();
  lines.forEach((line, index) => {
    if (line.trim() === DIRECTIVE)
      announced.set(index + 2, (lines[index - 1] ?? '').replace(/^\s*\/\/ /, ''));
  });
  return announced;
}

/**
 * What the comments in a file of type tests announce, and what the compiler says where nothing is expected of it: each
 * line under a directive is to be refused with the error in the comment above it, and no other line.
 */
export function typeErrorsOf(file: string): {
  readonly announced: readonly (readonly [line: number, text: string])[];
  readonly found: readonly (readonly [line: number, text: string])[];
} {
  const lines = readFileSync(file, 'utf8').split('\n');
  const found = errorsIn(file, lines.map((line) => (line.trim() === DIRECTIVE ? '//' : line)).join('\n'));
  return { announced: [...announcedIn(lines)], found: [...found] };
}
