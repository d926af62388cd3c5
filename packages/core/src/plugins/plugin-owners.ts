import type { CandidateRegistry } from '../registry/candidate-registry.js';

const owners = new WeakMap<CandidateRegistry, Map<string, object>>();

/** Makes `host` the one that what a package offers in a registry comes from: the last one that has committed it. */
export function ownPlugin(registry: CandidateRegistry, packageName: string, host: object): void {
  const packages = owners.get(registry) ?? new Map<string, object>();
  owners.set(registry, packages.set(packageName, host));
}

/** Gives it up; false where another host has taken it over, and what is offered is that one's. */
export function disownPlugin(registry: CandidateRegistry, packageName: string, host: object): boolean {
  const packages = owners.get(registry);
  if (packages?.get(packageName) !== host) return false;
  return packages.delete(packageName);
}
