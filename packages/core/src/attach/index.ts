/// <reference lib="esnext.disposable" preserve="true" />
export { allowAttach, type AllowAttachOptions, type AttachServer } from './allow-attach.js';
export { ATTACH_ERRORS, type NamedProcess } from './attach-errors.js';
export type { AttachedSwapReport, AttachEvent, AttachEvents, AttachFilter } from './attach-event.js';
export type { AttachedProbe, AttachedProbeReport } from './attach-routes.js';
export type { AttachTarget } from './attach-target.js';
export type {
  AttachedProcess,
  RemotePauseOptions,
  RemotePlanOptions,
  RemoteResumeOptions,
  RemoteRollbackOptions,
  RemoteSwapOptions,
} from './attached-process.js';
export { connectProcess, type ConnectProcessOptions, type ProcessName } from './connect-process.js';
export { listProcesses, type ListProcessesOptions } from './list-processes.js';
export type { ProcessInfo } from './process-info.js';
export { failureOf, type WireCause, type WireError } from './wire-error.js';
