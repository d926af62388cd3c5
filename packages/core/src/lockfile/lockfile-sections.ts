import { createError } from '../errors/oneiric-error.js';
import { nearestName } from '../foundation/nearest-name.js';
import type { Lockfile } from './lockfile.js';
import { LOCKFILE_ERRORS } from './lockfile-errors.js';

/** A lock of one environment alone: that of `environment`, or for null what is decided without one. */
export function onlyEnvironment(lockfile: Lockfile, environment: string | null): Lockfile {
  if (environment === null) return { keys: lockfile.keys, environments: new Map() };
  const keys = lockfile.environments.get(environment);
  return { keys: undefined, environments: new Map(keys === undefined ? [] : [[environment, keys]]) };
}

/** The first lock with those parts of the second that the second has. */
export function withSections(lockfile: Lockfile, { keys, environments }: Lockfile): Lockfile {
  return { keys: keys ?? lockfile.keys, environments: new Map([...lockfile.environments, ...environments]) };
}

/**
 * One environment as if it were decided without one, so that two environments can be compared.
 *
 * @throws `ONEIRIC_LOCKFILE_NOT_LOCKED` where the lock has nothing of it
 */
export function asBase(lockfile: Lockfile, environment: string | null, file: string): Lockfile {
  const keys = environment === null ? lockfile.keys : lockfile.environments.get(environment);
  if (keys !== undefined) return { keys, environments: new Map() };
  const known = [...lockfile.environments.keys()];
  const nearest = environment === null ? undefined : nearestName(environment, known);
  throw createError(LOCKFILE_ERRORS, 'ONEIRIC_LOCKFILE_NOT_LOCKED', { file, environment, known, nearest });
}
