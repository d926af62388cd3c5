import { createError, nearestName } from '@oneiric/core';

import { CLI_ERRORS } from '../cli-errors.js';
import type { CommandContext, CommandInput } from '../command.js';
import { type ConfigValue, configValues } from '../config-values.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { readFormat } from '../read-format.js';
import { configJson, configLayers, configTable } from '../renderers/config-values.js';

/** `oneiric config`: every value with its origin, or one with what each layer gave. */
export async function run(
  input: CommandInput,
  { openProject, screen, print }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'config');
  const { loaded } = await openProject();
  const all = configValues(loaded);
  const [path] = input.args;
  const values = path === undefined ? all : valuesAt(path, all);
  if (format === 'json') print(JSON.stringify(configJson(loaded, values), null, 2));
  else if (path === undefined) print(configTable(loaded, values, screen));
  else print(configLayers(values, screen));
  return EXIT.ok;
}

/** The value at a path, or those inside of it. */
function valuesAt(path: string, all: readonly ConfigValue[]): readonly ConfigValue[] {
  const found = all.filter(
    ({ path: each }) => each === path || (each.startsWith(path) && /^[.[]/.test(each.slice(path.length))),
  );
  if (found.length > 0) return found;
  const sections = [...new Set(all.map((each) => /^\w+/.exec(each.path)?.[0] ?? each.path))];
  const known = [...sections, ...all.map((each) => each.path)];
  const nearest = nearestName(path, known);
  throw createError(CLI_ERRORS, 'ONEIRIC_CLI_UNKNOWN_PATH', { path, nearest, sections });
}
