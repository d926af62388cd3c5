import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const FILE = fileURLToPath(new URL('typed-keys.types.ts', import.meta.url));
const DIRECTIVE = '// @ts-expect-error';

/** The options of the tests, without the files of the rest. */
function compilerOptions(): ts.CompilerOptions {
  const config = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
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
function errorsIn(text: string): ReadonlyMap<number, string> {
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version, ...rest) =>
    name === FILE
      ? ts.createSourceFile(name, text, version)
      : getSourceFile.call(host, name, version, ...rest);
  const program = ts.createProgram([FILE], options, host);
  const source = program.getSourceFile(FILE);
  if (source === undefined) throw new Error(`${FILE} is not compiled`);
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
    if (line === DIRECTIVE) announced.set(index + 2, (lines[index - 1] ?? '').replace(/^\/\/ /, ''));
  });
  return announced;
}

it('the compiler refuses each marked line of the type tests with the announced error, and no other line', () => {
  const lines = readFileSync(FILE, 'utf8').split('\n');
  const announced = announcedIn(lines);
  const found = errorsIn(lines.map((line) => (line === DIRECTIVE ? '//' : line)).join('\n'));
  expect(announced.size).toBeGreaterThan(10);
  const expected = [...announced].map(([line, text]) => [line, expect.stringContaining(text) as string]);
  expect([...found]).toEqual(expected);
}, 60_000);
