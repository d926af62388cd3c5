import { createError, nearestName } from '@oneiric/core';

import type { AskedWorld } from './asked-world.js';
import { CLI_ERRORS } from './cli-errors.js';
import type { CommandInput } from './command.js';

/**
 * The domain that the first argument names, or undefined for all of them.
 *
 * @throws `ONEIRIC_CLI_UNKNOWN_DOMAIN` where there is no key of that domain
 */
export function readDomain({ args: [domain] }: CommandInput, world: AskedWorld): string | undefined {
  const { snapshot, kind } = world;
  if (domain === undefined || snapshot.keys(domain).length > 0) return domain;
  const known = [...new Set(snapshot.keys().map((name) => name.domain))];
  throw createError(CLI_ERRORS, 'ONEIRIC_CLI_UNKNOWN_DOMAIN', {
    domain,
    known,
    where: kind,
    isProcess: world.kind === 'process' && world.process.info.name === domain,
    nearest: nearestName(domain, known),
  });
}
