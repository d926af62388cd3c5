/// <reference lib="esnext.disposable" preserve="true" />
export { ERROR_CATALOGUE } from './error-catalogue.js';
export { CHANNEL_CATALOGUE } from './channel-catalogue.js';
export { createError, OneiricError } from './errors/oneiric-error.js';
export type { ChannelMessages, ChannelName, ChannelText } from './observability/channels.js';
export { subscribe } from './subscribe.js';
export { type LogSources, logTo } from './telemetry/log-to.js';
export type { Logger, LogLevel } from './telemetry/logger.js';
export type { ErrorCode, ErrorDetails, ErrorFamily, ErrorText } from './errors/error-details.js';
export type {
  Candidate,
  CandidateInput,
  CandidateOrigins,
  CandidateSource,
  Factory,
  FactoryContext,
  Handover,
  HealthCheck,
  PlatformRequirement,
  Requirement,
  Scope,
} from './decision/candidate.js';
export type {
  ActiveReport,
  CandidateReport,
  FilteredReport,
  RankReport,
  ShadowedReport,
} from './decision/candidate-report.js';
export type { Change, WinsIf } from './decision/changes.js';
export type { Explanation, ExplanationJson, Outcome } from './decision/explanation.js';
export type { FilterCode, FilterFinding } from './decision/finding.js';
export { tellFinding } from './decision/filter-wording.js';
export type { MarkCode, MarkDetail } from './decision/mark.js';
export { formatChange, parseChange } from './decision/parse-change.js';
export type { RankRuleName } from './decision/rank-rules.js';
export type { ResolveRequest } from './decision/request.js';
export { ResolutionError } from './decision/resolution-error.js';
export type { Selection, SelectionInput } from './decision/selection.js';
export type { ValueOrigin } from './decision/value-origin.js';
export { whatIf } from './decision/what-if.js';
export { whyNot, type WhyNot } from './decision/why-not.js';
export { dependenciesJson, type DependenciesJson } from './dependencies/dependencies-json.js';
export type { Dependency, DependencyKind, DependencyState } from './dependencies/dependency.js';
export {
  dependenciesOf,
  dependencyGraph,
  type DependencyCycle,
  type DependencyGraph,
  type DependencyReads,
  type MissingLink,
} from './dependencies/dependency-graph.js';
export { CandidateRegistry } from './registry/candidate-registry.js';
export type { RegistryChangeReport } from './registry/change-report.js';
export { defineKey } from './registry/define-key.js';
export type { Registration, SourceChange } from './registry/registration.js';
export type { RegistryChange } from './registry/registry-change.js';
export type { WriteOptions } from './registry/registry-core.js';
export type { InputProblem } from './registry/registry-errors.js';
export type {
  ChangedEvent,
  DecisionChange,
  DecisionChangedEvent,
  RegistryEvents,
} from './registry/registry-events.js';
export type { RegistryOptions, SelectionsInput, StackOrderInput } from './registry/registry-options.js';
export type { ExplainRequest, RegistryReads } from './registry/registry-reads.js';
export { RegistrySnapshot } from './registry/registry-snapshot.js';
export { readSnapshotJson } from './registry/read-snapshot-json.js';
export {
  type RegistrySnapshotJson,
  type SnapshotCandidate,
  snapshotJson,
  type SnapshotKey,
} from './registry/snapshot-json.js';
export type { Platform } from './registry/state-context.js';
export type { Key } from './foundation/key.js';
export type { JsonObject, JsonValue } from './foundation/json.js';
export type { LiveHandle } from './foundation/live-handle.js';
export type { GraphProblem } from './container/graph-problem.js';
export { buildRegistry } from './config/build-registry.js';
export type { ConfigErrorCode } from './config/config-errors.js';
export { type ConfigProblem, formatPlace, type SourceLine } from './config/config-problem.js';
export { defineCandidate } from './config/define-candidate.js';
export { defineConfig } from './config/define-config.js';
export { findConfig } from './config/find-config.js';
export type { ConfigNotice } from './config/layer-report.js';
export type { LayerValue } from './config/layer-values.js';
export { loadConfig, type LoadConfigOptions } from './config/load-config.js';
export type {
  LoadedConfig,
  NormalConfig,
  SettingsProblem,
  ProviderSettings,
  SettingsOwner,
} from './config/loaded-config.js';
export type { ConfigSelection, OneiricConfig } from './config/oneiric-config.js';
export type { TextSettings } from './config/read-text-layer.js';
export { type ConfigWatch, watchConfig, type WatchConfigOptions } from './config/watch-config.js';
export { loadProject, type LoadProjectOptions, type Project } from './load-project.js';
export { createOneiric, type Oneiric } from './create-oneiric.js';
export type { CreateOneiricOptions } from './create-oneiric-options.js';
export type {
  ComponentHealth,
  ComponentStatus,
  DependencyStatus,
  PauseFacts,
  Standing,
  StandingReason,
  SwapRecord,
} from './lifecycle/component-status.js';
export type { ComponentState } from './lifecycle/component-state.js';
export type { DecisionRecord } from './lifecycle/decision-history.js';
export type { DurationSummary } from './lifecycle/durations.js';
export { explainRunning, type RunningExplanationJson } from './lifecycle/explain-running.js';
export { failureChain, type FailureLink } from './lifecycle/failure-chain.js';
export { tellCause, tellDecision } from './lifecycle/history-wording.js';
export type { DependencyStep } from './lifecycle/lifecycle-errors.js';
export type { LifecycleEvent, LifecycleEvents, PhaseEvent } from './lifecycle/lifecycle-events.js';
export {
  type ActivateAllOptions,
  type DeactivateOptions,
  LifecycleManager,
  type OperationOptions,
  type PauseOptions,
  type ProbeCallOptions,
  type RollbackOptions,
  type SwapOptions,
} from './lifecycle/lifecycle-manager.js';
export { tellStanding } from './lifecycle/lifecycle-wording.js';
export type {
  LifecycleOptions,
  LifecycleTimeouts,
  ProbeOptions,
  SwapHook,
  SwapHookContext,
} from './lifecycle/lifecycle-options.js';
export type { Operation, Phase } from './lifecycle/phase.js';
export type { PlannedNeed, SwapPlan, SwapStep } from './lifecycle/plan-swap.js';
export type { ProbeReport } from './lifecycle/prober.js';
export { renderPlan, renderSwapReport } from './lifecycle/render-plan.js';
export { renderRunning, type RenderRunningOptions } from './lifecycle/render-running.js';
export type { LifecycleFacts, RunningReport, RunningStanding } from './lifecycle/running-report.js';
export { savedReport } from './lifecycle/saved-report.js';
export type { SavedComponent, SavedDependency, SavedProvider, StatusFile } from './lifecycle/saved-status.js';
export { readStatusFile } from './lifecycle/status-file.js';
export type { Dependents } from './lifecycle/stop-component.js';
export type { ProviderName } from './lifecycle/provider-name.js';
export type { SwapReport } from './lifecycle/swap-report.js';
export { tellDuration } from './lifecycle/tell-duration.js';
export { diagnose, type DiagnosedConfig } from './doctor/diagnose.js';
export { diagnoseLockfile, type LockfileFacts } from './doctor/diagnose-lockfile.js';
export { DOCTOR_CATALOGUE, severityOf, tellDoctorFinding, tellUnusable } from './doctor/doctor-catalogue.js';
export type { DoctorFinding, FindingCode, FindingDetails, FindingSeverity } from './doctor/doctor-finding.js';
export { mergeFindings, type ProjectFinding } from './doctor/merge-findings.js';
export { gatherProjectFacts, type MissingFactory, type ProjectFacts } from './doctor/project-facts.js';
export { definePlugin } from './plugins/define-plugin.js';
export { type DiscoveredPlugin, discoverPlugins } from './plugins/discover-plugins.js';
export { loadPlugins } from './plugins/load-plugins.js';
export type { OfferedName } from './plugins/offered-name.js';
export type { Plugin, PluginCleanup, PluginContext } from './plugins/plugin.js';
export type { PluginHost, PluginOperationOptions } from './plugins/plugin-host.js';
export type { RunPlugin } from './plugins/plugin-code.js';
export type { LoadPluginsOptions } from './plugins/plugin-options.js';
export type { PluginReason, PluginReport, PluginState } from './plugins/plugin-report.js';
export {
  nameDifference,
  type RestorationAdvice,
  tellChange,
  tellCounts,
  tellRestoration,
} from './lockfile/change-wording.js';
export { compareLocks } from './lockfile/compare-locks.js';
export { createLock, type LockReads } from './lockfile/create-lock.js';
export {
  type LockedCandidate,
  type LockedDecision,
  type LockedKeys,
  type LockedSelection,
  LOCKFILE_NAME,
  type Lockfile,
} from './lockfile/lockfile.js';
export type {
  DecisionSide,
  LockfileChange,
  LockfileDifference,
  Restoration,
} from './lockfile/lockfile-change.js';
export { asBase, onlyEnvironment, withSections } from './lockfile/lockfile-sections.js';
export { parseLock } from './lockfile/parse-lock.js';
export { printLock } from './lockfile/print-lock.js';
export { readLockfile } from './lockfile/read-lockfile.js';
export { writeLockfile } from './lockfile/write-lockfile.js';
export type { ReferenceErrorCode } from './security/reference-errors.js';
export { type FactoryReference, parseFactoryReference } from './security/factory-reference.js';
export {
  type LoadedReference,
  type LoadOptions,
  type PackageScope,
  ReferenceLoader,
  type ReferenceLoaderOptions,
} from './security/reference-loader.js';
export type { LocatedFile } from './security/located-file.js';
export { referenceFactories } from './lifecycle/reference-factories.js';

export { AsyncRWLock } from './concurrency/async-rw-lock.js';
export { KeyedLock } from './concurrency/keyed-lock.js';
export type { ContextLock } from './concurrency/context-lock.js';
export type { DeadlockStep } from './concurrency/lock-errors.js';
export type { LockEvent, LockEventMap } from './concurrency/lock-events.js';
export type { LockFrame } from './concurrency/lock-frame.js';
export type { LockOptions, RunOptions } from './concurrency/lock-options.js';
export type {
  LockCounters,
  LockMode,
  LockReport,
  LockRequest,
  LockSection,
  LockTimes,
} from './concurrency/lock-report.js';
export { ReentrantLock } from './concurrency/reentrant-lock.js';
export type { SectionContext, SectionFunction } from './concurrency/section-body.js';
export type { OnSettled, SectionOutcome } from './concurrency/section-request.js';
export { SnapshotCell } from './concurrency/snapshot-cell.js';
export type { Clock } from './foundation/clock.js';
export { nearestName } from './foundation/nearest-name.js';
export { renderText, renderWhyNot, type RenderTextOptions, tellNotOffered } from './decision/render-text.js';
export type { LayoutOptions } from './decision/text-layout.js';
export type { TextPalette } from './decision/text-palette.js';
export { printable } from './foundation/printable.js';

declare global {
  /** As DOM and @types/node have it; it lets a program compile that has neither. */
  interface AbortSignal {
    readonly aborted: boolean;
  }
}
