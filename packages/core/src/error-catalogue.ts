import { ATTACH_ERRORS } from './attach/attach-errors.js';
import { LOCK_ERRORS } from './concurrency/lock-errors.js';
import { CONFIG_ERRORS } from './config/config-errors.js';
import { CONTAINER_ERRORS } from './container/container-errors.js';
import { DECISION_ERRORS } from './decision/decision-errors.js';
import { RESOLUTION_ERRORS } from './decision/resolution-error.js';
import { LIFECYCLE_ERRORS } from './lifecycle/lifecycle-errors.js';
import { LOCKFILE_ERRORS } from './lockfile/lockfile-errors.js';
import { OBSERVABILITY_ERRORS } from './observability/observability-errors.js';
import { PLUGIN_ERRORS } from './plugins/plugin-errors.js';
import { CONTRACT_ERRORS } from './plugin-contract/contract-errors.js';
import { REGISTRY_ERRORS } from './registry/registry-errors.js';
import { REFERENCE_ERRORS } from './security/reference-errors.js';

/** The words of every error of this package, by code. A page for each is in `docs/errors`. */
export const ERROR_CATALOGUE: typeof LOCK_ERRORS &
  typeof REGISTRY_ERRORS &
  typeof RESOLUTION_ERRORS &
  typeof DECISION_ERRORS &
  typeof REFERENCE_ERRORS &
  typeof CONFIG_ERRORS &
  typeof LIFECYCLE_ERRORS &
  typeof CONTAINER_ERRORS &
  typeof ATTACH_ERRORS &
  typeof PLUGIN_ERRORS &
  typeof CONTRACT_ERRORS &
  typeof LOCKFILE_ERRORS &
  typeof OBSERVABILITY_ERRORS = Object.freeze({
  ...LOCK_ERRORS,
  ...REGISTRY_ERRORS,
  ...RESOLUTION_ERRORS,
  ...DECISION_ERRORS,
  ...REFERENCE_ERRORS,
  ...CONFIG_ERRORS,
  ...LIFECYCLE_ERRORS,
  ...CONTAINER_ERRORS,
  ...ATTACH_ERRORS,
  ...PLUGIN_ERRORS,
  ...CONTRACT_ERRORS,
  ...LOCKFILE_ERRORS,
  ...OBSERVABILITY_ERRORS,
});
