import { createError } from '@oneiric/core';

import { CLI_ERRORS } from './cli-errors.js';

/** A command line that cannot be read; `nearest` is what was probably meant. */
export function usageError(problem: string, command: string | undefined, nearest?: string): Error {
  return createError(CLI_ERRORS, 'ONEIRIC_CLI_USAGE', { problem, nearest, command });
}
