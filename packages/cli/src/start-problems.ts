import { dependenciesOf, type Explanation, type RegistrySnapshot } from '@oneiric/core';

import { shortPath } from './renderers/short-path.js';

/** What would keep the winner from being started, whatever its factory does; each as a sentence. */
export function startProblems(world: RegistrySnapshot, explanation: Explanation): readonly string[] {
  const { winner } = explanation;
  if (winner === null) return [];
  const { missing, cycles } = dependenciesOf(world, explanation);
  const scope =
    winner.scope === 'singleton'
      ? []
      : [`it cannot be swapped: it is ${winner.scope}, and only a singleton is one instance that runs`];
  const links = missing
    .filter(({ kind }) => kind === 'inject')
    .map(({ to, path }) => `it cannot be started: nothing wins ${to}, which is needed by ${shortPath(path)}`);
  const circles = cycles
    .filter(({ kinds }) => kinds.every((kind) => kind === 'inject'))
    .map(({ path }) => `it cannot be started: ${shortPath(path)} is a circle`);
  return [...scope, ...links, ...circles];
}
