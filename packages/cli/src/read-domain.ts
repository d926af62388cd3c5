import { createError, nearestName } from '@oneiric/core';

import { CLI_ERRORS } from './cli-errors.js';
import type { CommandInput } from './command.js';
import type { Project } from './open-project.js';

/**
 * The domain that the first argument names, or undefined for all of them.
 *
 * @throws `ONEIRIC_CLI_UNKNOWN_DOMAIN` where the project has no key of that domain
 */
export function readDomain({ args: [domain] }: CommandInput, { registry }: Project): string | undefined {
  if (domain === undefined || registry.keys(domain).length > 0) return domain;
  const known = [...new Set(registry.keys().map((name) => name.domain))];
  throw createError(CLI_ERRORS, 'ONEIRIC_CLI_UNKNOWN_DOMAIN', {
    domain,
    known,
    nearest: nearestName(domain, known),
  });
}
