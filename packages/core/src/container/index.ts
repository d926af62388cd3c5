/// <reference lib="esnext.disposable" preserve="true" />
export {
  bindRegistry,
  type BindingConflict,
  type BindingSource,
  type BindRegistryOptions,
  type RegistryBinding,
} from './bind-registry.js';
export type { Newable } from './class-provider.js';
export { CONTAINER_ERRORS } from './container-errors.js';
export type { FunctionProvider, InjectedHandles, InjectMap } from './function-provider.js';
export type { GraphProblem } from './graph-problem.js';
export { InjectCandidate, InjectLive, type MarkInjection } from './inject-candidate.js';
export type { InversifyContainer, ServiceId } from './inversify-container.js';
export type { Restore } from './overrides.js';
export { Provides } from './provides.js';
export type { ListedInjection, ProvidesOffer } from './provides-offer.js';
export { type GetOptions, Resolver } from './resolver.js';
export type { ResolverOptions } from './resolver-options.js';
export { liveServiceId, serviceId } from './service-id.js';
