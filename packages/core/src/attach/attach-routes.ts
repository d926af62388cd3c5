import type { FailureLink } from '../lifecycle/failure-chain.js';
import type { ComponentStatus } from '../lifecycle/component-status.js';
import { failureChain } from '../lifecycle/failure-chain.js';
import type { ProbeReport } from '../lifecycle/prober.js';
import type { SwapReport } from '../lifecycle/swap-report.js';
import { snapshotText } from '../registry/snapshot-text.js';
import { type AttachEvent, attachEvent, isMeantBy, plainSwapReport, tellEvents } from './attach-event.js';
import type { AttachTarget } from './attach-target.js';
import type { ProcessInfo } from './process-info.js';
import { wireError, type WireError } from './wire-error.js';

export const PARAMETERS = ['domain', 'key', 'provider', 'reason'] as const;
export type Parameter = (typeof PARAMETERS)[number];
export type Parameters = Readonly<Partial<Record<Parameter, string>>>;

/** One request that was understood. */
export interface AttachCall {
  readonly target: AttachTarget;
  readonly info: ProcessInfo;
  readonly parameters: Parameters;
  /** Aborted when who asked has gone away, and when the server closes. */
  readonly signal: AbortSignal;
  /** Sends one event; of routes that give a stream. */
  readonly tell: (event: AttachEvent) => void;
}

/** What can be asked for. */
export interface AttachRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly required: readonly Parameter[];
  readonly optional: readonly Parameter[];
  /**
   * `json`: one object; `pieces`: one, as pieces of its text. `events`, `progress`: events, one a line, then the result;
   * the latter may leave some out.
   */
  readonly answer: 'json' | 'pieces' | 'events' | 'progress';
  readonly run: (call: AttachCall) => unknown;
}

/** What the check of one component found; `report` is null where it could not be asked, and `error` says why. */
export interface AttachedProbe {
  readonly domain: string;
  readonly key: string;
  readonly report: AttachedProbeReport | null;
  readonly error?: WireError;
}

/** A `ProbeReport` whose error is told as a chain of causes. */
export type AttachedProbeReport = Omit<ProbeReport, 'error'> & {
  readonly error: readonly FailureLink[] | null;
};

const ONE_KEY = ['domain', 'key'] as const;

/** Every route, in the order in which they are listed to whoever asks for one that is not there. */
export const ROUTES: readonly AttachRoute[] = [
  { ...get('/v1/process'), run: ({ info }) => info },
  {
    ...get('/v1/snapshot'),
    answer: 'pieces',
    run: ({ target }) => snapshotText(target.registry.snapshot()),
  },
  { ...get('/v1/statuses', [], ONE_KEY), run: statuses },
  {
    ...get('/v1/report', ONE_KEY),
    run: ({ target, parameters }) => target.lifecycle.report(...nameOf(parameters)),
  },
  { ...get('/v1/plan', ONE_KEY, ['provider']), run: plan },
  { ...get('/v1/probe', [], ONE_KEY), run: probe },
  { ...get('/v1/events', [], ONE_KEY), answer: 'events', run: events },
  { ...post('/v1/swap', ONE_KEY, ['provider']), answer: 'progress', run: swap },
  { ...post('/v1/rollback', ONE_KEY), answer: 'progress', run: rollback },
  { ...post('/v1/pause', ONE_KEY, ['reason']), run: (call) => holding(call, 'pause') },
  { ...post('/v1/drain', ONE_KEY, ['reason']), run: (call) => holding(call, 'drain') },
  { ...post('/v1/resume', ONE_KEY), run: resume },
];

type Shape = Pick<AttachRoute, 'method' | 'path' | 'required' | 'optional' | 'answer'>;

function get(path: string, required: readonly Parameter[] = [], optional: readonly Parameter[] = []): Shape {
  return { method: 'GET', path, required, optional, answer: 'json' };
}

function post(path: string, required: readonly Parameter[], optional: readonly Parameter[] = []): Shape {
  return { ...get(path, required, optional), method: 'POST' };
}

/** Those that are required were checked to be there. */
function nameOf({ domain = '', key = '' }: Parameters): [domain: string, key: string] {
  return [domain, key];
}

/** Of one key that the registry knows also where it was never started. */
function statuses({ target, parameters }: AttachCall): readonly ComponentStatus[] {
  const known = target.lifecycle.statuses().filter(isMeantBy(parameters));
  const { domain, key } = parameters;
  if (known.length > 0 || domain === undefined || key === undefined) return known;
  const isOffered = target.registry.keys(domain).some((each) => each.key === key);
  return isOffered ? [target.lifecycle.status(domain, key)] : [];
}

function plan({ target, parameters }: AttachCall): unknown {
  return target.lifecycle.plan(...nameOf(parameters), providerOf(parameters));
}

/** Until who asked has gone away, or the server closes. */
function events({ target, parameters, signal, tell }: AttachCall): Promise<never> {
  const subscription = tellEvents(target, parameters, tell);
  tell(attachEvent('listening', {}));
  return new Promise((_resolve, reject) => {
    const end = (): void => {
      subscription[Symbol.dispose]();
      reject(signal.reason as Error);
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

function swap(call: AttachCall): Promise<unknown> {
  const { target, parameters, signal } = call;
  const options = { ...providerOf(parameters), signal };
  return followed(call, (onBegin) => target.lifecycle.swap(...nameOf(parameters), { ...options, onBegin }));
}

function rollback(call: AttachCall): Promise<unknown> {
  const { target, parameters, signal } = call;
  return followed(call, (onBegin) => target.lifecycle.rollback(...nameOf(parameters), { signal, onBegin }));
}

/** Tells what the work waits for, that it begins, and from then on its phases. */
async function followed(
  { target: { lifecycle }, parameters, tell }: AttachCall,
  work: (onBegin: () => void) => Promise<SwapReport>,
): Promise<unknown> {
  const name = nameOf(parameters);
  const [domain, key] = name;
  const isMeant = isMeantBy({ domain, key });
  let hasBegun = false;
  const tellWaiting = (): void => {
    const { operation } = lifecycle.status(...name);
    if (operation === null) return;
    const { kind, phase, provider } = operation;
    tell(attachEvent('waiting', { domain, key, operation: kind, phase, provider }));
  };
  using _progress = lifecycle.on('phase', (event) => {
    if (!isMeant(event)) return;
    if (hasBegun) tell(attachEvent('phase', event));
    else if (event.state === 'began') tellWaiting();
  });
  tellWaiting();
  const report = await work(() => {
    hasBegun = true;
    const { running, swaps } = lifecycle.status(...name);
    tell(attachEvent('begun', { domain, key, running, swaps }));
  });
  return plainSwapReport(report);
}

async function holding({ target, parameters, signal }: AttachCall, how: 'pause' | 'drain'): Promise<unknown> {
  const { reason } = parameters;
  const name = nameOf(parameters);
  await target.lifecycle[how](...name, { signal, ...(reason === undefined ? {} : { reason }) });
  return target.lifecycle.status(...name);
}

async function resume({ target, parameters, signal }: AttachCall): Promise<unknown> {
  const name = nameOf(parameters);
  await target.lifecycle.resume(...name, { signal });
  return target.lifecycle.status(...name);
}

/**
 * All side by side. What does not run cannot be asked, which is then its error: of one key that was named, and of what
 * failed to start, since that is not well.
 */
async function probe({ target, parameters, signal }: AttachCall): Promise<readonly AttachedProbe[]> {
  const { lifecycle } = target;
  const { domain, key } = parameters;
  const asked =
    domain !== undefined && key !== undefined
      ? [{ domain, key }]
      : lifecycle
          .statuses()
          .filter(isMeantBy(parameters))
          .filter(({ running, state }) => running !== null || state === 'failed');
  return await Promise.all(
    asked.map(async (subject) => {
      const name = { domain: subject.domain, key: subject.key };
      try {
        const report = await lifecycle.probe(subject.domain, subject.key, { signal, counts: false });
        const error = report.error === undefined ? null : failureChain(report.error);
        return { ...name, report: { ...report, error } };
      } catch (error) {
        signal.throwIfAborted();
        return { ...name, report: null, error: wireError(error, '/v1/probe') };
      }
    }),
  );
}

function providerOf({ provider }: Parameters): { readonly provider?: string } {
  return provider === undefined ? {} : { provider };
}
