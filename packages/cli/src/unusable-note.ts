import { type Candidate, tellUnusable } from '@oneiric/core';

import type { AskedWorld } from './asked-world.js';

/** That the settings of a candidate keep it from starting here; undefined where they do not, or a process knows better. */
export function unusableNote(world: AskedWorld, candidate: Candidate | null): string | undefined {
  if (candidate === null || world.kind === 'process') return undefined;
  const { loaded } = world.project;
  const { domain, key, provider } = candidate;
  const [problem, ...others] = loaded.settings.problems.filter(
    ({ owner }) => owner.domain === domain && owner.key === key && owner.provider === provider,
  );
  if (problem === undefined) return undefined;
  const { setting, found } = problem;
  const more = others.length === 0 ? '' : `, and ${String(others.length)} more`;
  return `${provider} could not start here: ${tellUnusable(setting, found)}${more}; see oneiric doctor`;
}
