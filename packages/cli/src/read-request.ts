import type { ResolveRequest } from '@oneiric/core';

import type { CommandInput } from './command.js';

/** What `--provider`, `--capability` and `--any-capability` ask for. */
export function readRequest(input: CommandInput): ResolveRequest {
  const provider = input.text('provider');
  const capabilities = input
    .texts('capability')
    .flatMap((names) => names.split(',').map((name) => name.trim()));
  return {
    ...(provider === undefined ? {} : { provider }),
    ...(capabilities.length === 0 ? {} : { capabilities }),
    requireAll: !input.flag('any-capability'),
  };
}
