import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { ConfigErrorCode } from '../../src/config/config-errors.js';
import { loadConfig, type LoadConfigOptions } from '../../src/config/load-config.js';
import type { LoadedConfig } from '../../src/config/loaded-config.js';
import { OneiricError } from '../../src/errors/oneiric-error.js';

const folders: string[] = [];

/** A folder with these files. All of them are gone after the tests of the file that calls this. */
export function aProject(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'oneiric-config-')));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

type Options = Omit<LoadConfigOptions, 'cwd'>;

/** Loads a project that consists of these files, in an empty environment. */
export function load(files: Parameters<typeof aProject>[0], options: Options = {}): Promise<LoadedConfig> {
  return loadConfig({ cwd: aProject(files), env: {}, ...options });
}

/** The error of this code that loading ends with; fails where it ends otherwise. */
export async function loadError<C extends ConfigErrorCode>(
  code: C,
  files: Parameters<typeof aProject>[0],
  options: Options = {},
): Promise<OneiricError<C>> {
  return errorOf(code, load(files, options));
}

/** The error of this code that a promise rejects with. */
export async function errorOf<C extends ConfigErrorCode>(
  code: C,
  promise: Promise<unknown>,
): Promise<OneiricError<C>> {
  try {
    await promise;
  } catch (error) {
    if (OneiricError.is(error, code)) return error;
    throw error;
  }
  throw new Error(`nothing was thrown; expected ${code}`);
}

/** The problems of a configuration as `file:line:column path: found; expected`, short enough for a table. */
export async function problemsOf(
  files: Parameters<typeof aProject>[0],
  options: Options = {},
): Promise<string[]> {
  const { details } = await loadError('ONEIRIC_CONFIG_INVALID', files, options);
  return details.problems.map(({ path, origin, found }) => {
    const place =
      origin.variable ??
      origin.flag ??
      [origin.file, origin.line, origin.column].filter((part) => part !== undefined).join(':');
    return `${place} ${path}: ${found}`;
  });
}
