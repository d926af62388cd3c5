import type { LifecycleManager } from '../lifecycle/lifecycle-manager.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';

/** What may be attached to: a registry and the lifecycle of what it decides, such as the result of `createOneiric`. */
export interface AttachTarget {
  readonly registry: CandidateRegistry;
  readonly lifecycle: LifecycleManager;
}
