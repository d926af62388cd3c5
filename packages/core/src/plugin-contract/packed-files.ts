import { execFile } from 'node:child_process';
import { basename } from 'node:path';

import { createError } from '../errors/oneiric-error.js';
import { isObject, isText } from '../registry/read-field.js';
import { CONTRACT_ERRORS } from './contract-errors.js';
import { tellNpmFailure } from './npm-failure.js';

const ARGUMENTS = ['pack', '--dry-run', '--json', '--ignore-scripts'];
const LONGEST_OUTPUT = 64 * 1024 * 1024;

/**
 * The files of a package that npm would pack, relative to its folder: npm itself is asked, since nothing else knows its
 * rules. No script of the package is run.
 *
 * @throws `ONEIRIC_CONTRACT_NOT_CHECKED` where npm cannot be run
 */
export async function packedFiles(folder: string, packageName: string): Promise<readonly string[]> {
  const output = await runNpm(folder, packageName);
  try {
    const parsed: unknown = JSON.parse(output);
    const [report] = Array.isArray(parsed) ? (parsed as readonly unknown[]) : [parsed];
    const files = isObject(report) ? report['files'] : undefined;
    if (!Array.isArray(files)) throw new TypeError('it lists no files');
    return (files as readonly unknown[])
      .map((file) => (isObject(file) ? file['path'] : undefined))
      .filter(isText);
  } catch (cause) {
    throw notChecked(
      packageName,
      `"npm ${ARGUMENTS.join(' ')}" printed something else than its report.`,
      cause,
    );
  }
}

function runNpm(folder: string, packageName: string): Promise<string> {
  const { npm_execpath: running = '' } = process.env;
  const [command, first] = basename(running) === 'npm-cli.js' ? [process.execPath, [running]] : ['npm', []];
  // On Windows npm is a script, which only a shell runs; none of the words is anybody's input.
  const shell = process.platform === 'win32' && command === 'npm';
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, shell, maxBuffer: LONGEST_OUTPUT };
    execFile(command, [...first, ...ARGUMENTS], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else {
        const why = tellNpmFailure(stderr) ?? error.message;
        reject(notChecked(packageName, `npm could not list what it packs: ${why}.`, error));
      }
    });
  });
}

function notChecked(name: string, reason: string, cause: unknown): Error {
  return createError(CONTRACT_ERRORS, 'ONEIRIC_CONTRACT_NOT_CHECKED', { package: name, reason }, { cause });
}
