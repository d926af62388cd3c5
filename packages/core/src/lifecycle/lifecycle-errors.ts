import type { ErrorFamily } from '../errors/error-details.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import type { Operation, Phase } from './phase.js';

/** The component that an error is about. */
interface Subject {
  readonly domain: string;
  readonly key: string;
}

interface ProviderSubject extends Subject {
  readonly provider: string;
}

/** One step on the way to what is missing: a component, and the name under which the one before it asks for it. */
export interface DependencyStep extends Subject {
  /** Null where nothing wins, and where it was not looked up. */
  readonly provider: string | null;
  /** Null for the first. */
  readonly parameter: string | null;
}

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_LIFECYCLE_OPTION_INVALID: {
      readonly option: string;
      readonly found: string;
      readonly expected: string;
      readonly nearest?: string;
    };
    ONEIRIC_LIFECYCLE_FAILED: ProviderSubject & {
      readonly operation: Operation;
      readonly phase: Phase;
      /** The provider that serves after the failure; null where none does. */
      readonly serving: string | null;
      readonly reason: string;
    };
    ONEIRIC_LIFECYCLE_TIMEOUT: ProviderSubject & { readonly phase: Phase; readonly timeoutMs: number };
    /** With who wins now; null where nobody does. */
    ONEIRIC_LIFECYCLE_SUPERSEDED: ProviderSubject & { readonly winner: string | null };
    ONEIRIC_LIFECYCLE_UNHEALTHY: ProviderSubject & { readonly check: string };
    ONEIRIC_LIFECYCLE_RESULT_INVALID: ProviderSubject & {
      readonly phase: Phase;
      readonly found: string;
      readonly expected: string;
    };
    ONEIRIC_LIFECYCLE_FACTORY_NOT_LOADED: ProviderSubject & { readonly reference: string };
    ONEIRIC_LIFECYCLE_SCOPE: ProviderSubject & { readonly scope: string };
    ONEIRIC_LIFECYCLE_DEPENDENCY: { readonly path: readonly DependencyStep[]; readonly reason: string };
    ONEIRIC_LIFECYCLE_CYCLE: { readonly path: readonly DependencyStep[] };
    ONEIRIC_LIFECYCLE_REENTRANT: Subject & { readonly operation: Operation };
    ONEIRIC_LIFECYCLE_IN_TRANSACTION: Subject & { readonly operation: Operation };
    ONEIRIC_LIFECYCLE_NOT_ACTIVE: Subject & { readonly state: string };
    ONEIRIC_LIFECYCLE_PAUSED: Subject & { readonly waitedMs: number; readonly why: string };
    ONEIRIC_LIFECYCLE_CLOSED: { readonly what: string; readonly wasUnderWay?: boolean };
    ONEIRIC_LIFECYCLE_IN_USE: Subject & { readonly dependents: readonly string[] };
    ONEIRIC_LIFECYCLE_NO_ROLLBACK: Subject & { readonly reason: string };
    ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT: ProviderSubject & {
      readonly timeoutMs: number;
      readonly inFlight: number;
      /** What happens to the calls that still run. */
      readonly next: string;
    };
    ONEIRIC_LIFECYCLE_STATUS_FILE: {
      readonly file: string;
      readonly failure: 'read' | 'write' | 'set-aside';
      readonly reason: string;
    };
    ONEIRIC_LIFECYCLE_METHOD_MISSING: ProviderSubject & { readonly method: string };
    ONEIRIC_LIFECYCLE_EVENT_UNKNOWN: {
      readonly found: string;
      readonly known: readonly string[];
      readonly nearest?: string;
    };
  }
}

const nameOf = ({ domain, key }: Subject): string => `${domain}/${key}`;
const offerOf = (subject: ProviderSubject): string => `${subject.provider} for ${nameOf(subject)}`;

/** `OrderService → adapter/cache (redis, as "cache") → service/clock (as "clock")`. */
export function drawPath(path: readonly DependencyStep[]): string {
  return path
    .map(({ domain, key, provider, parameter }) => {
      const notes = [
        ...(provider === null ? [] : [provider]),
        ...(parameter === null ? [] : [`as "${parameter}"`]),
      ];
      return notes.length === 0 ? `${domain}/${key}` : `${domain}/${key} (${notes.join(', ')})`;
    })
    .join(' → ');
}

const VERBS: Readonly<Record<Operation, string>> = {
  activate: 'start',
  swap: 'swap in',
  rollback: 'roll back to',
  follow: 'swap in',
  deactivate: 'stop',
  close: 'stop',
  pause: 'pause',
  drain: 'drain',
  resume: 'resume',
  probe: 'probe',
  trial: 'try',
};

const GETS_NO_SIGNAL: readonly Phase[] = ['health', 'drain', 'cleanup'];

/** What was to be done to this instance: a swap, for one, also closes the old one. */
function verbOf(operation: Operation, phase: Phase): string {
  if (phase === 'cleanup') return 'close';
  if (phase === 'postSwap') return 'finish the swap to';
  return phase === 'drain' ? 'drain' : VERBS[operation];
}

export const LIFECYCLE_ERRORS: ErrorFamily<'ONEIRIC_LIFECYCLE_'> = {
  ONEIRIC_LIFECYCLE_OPTION_INVALID: {
    summary: 'A lifecycle was given an option or an argument that it cannot work with.',
    message: (d) =>
      `${d.option} is ${d.found}, expected ${d.expected}.` +
      (d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`),
  },
  ONEIRIC_LIFECYCLE_FAILED: {
    summary: 'A component could not be started, swapped in or stopped; the phase and the cause are told.',
    message: (d) =>
      `Could not ${verbOf(d.operation, d.phase)} ${offerOf(d)}: ${d.phase} failed: ${d.reason}. ` +
      (d.serving === null ? `Nothing serves ${nameOf(d)}.` : `${d.serving} goes on serving ${nameOf(d)}.`),
  },
  ONEIRIC_LIFECYCLE_TIMEOUT: {
    summary: 'A phase of a component took longer than it may.',
    message: (d) =>
      `${d.phase} of ${offerOf(d)} took longer than ${String(d.timeoutMs)} ms. ` +
      `Find out what it waits for${GETS_NO_SIGNAL.includes(d.phase) ? '' : ' (it got an AbortSignal that is aborted now)'}, ` +
      `or raise timeouts.${timeoutOf(d.phase)}.`,
  },
  ONEIRIC_LIFECYCLE_SUPERSEDED: {
    summary: 'What was being started does not win any more; it was given up before it was bound.',
    message: (d) =>
      `${offerOf(d)} was given up while it was being started: ${d.winner ?? 'nothing'} wins now.`,
  },
  ONEIRIC_LIFECYCLE_UNHEALTHY: {
    summary: 'A component that was just built says that it is not healthy.',
    message: (d) => `${d.check} of ${offerOf(d)} says that it is not healthy. It was closed again.`,
  },
  ONEIRIC_LIFECYCLE_RESULT_INVALID: {
    summary: 'A factory or a health check gave something that is none of what it may give.',
    message: (d) => `${d.phase} of ${offerOf(d)} gave ${d.found}, expected ${d.expected}.`,
  },
  ONEIRIC_LIFECYCLE_FACTORY_NOT_LOADED: {
    summary: 'The factory of a candidate is a reference, and nothing was given that loads it.',
    message: (d) =>
      `The factory of ${offerOf(d)} is the reference "${d.reference}", and the lifecycle has no way to load it. ` +
      'Give it the option loadFactory: referenceFactories(new ReferenceLoader({ projectDir })), or offer the function itself.',
  },
  ONEIRIC_LIFECYCLE_SCOPE: {
    summary: 'A component that is no singleton was to be run by the lifecycle.',
    message: (d) =>
      `${offerOf(d)} is ${d.scope}: there is not one instance of it that could run. ` +
      'Ask the container for it, or offer it with the scope "singleton".',
  },
  ONEIRIC_LIFECYCLE_DEPENDENCY: {
    summary: 'Something that a component needs, directly or not, is not there or cannot be started.',
    message: (d) => `${drawPath(d.path)}: ${d.reason}`,
  },
  ONEIRIC_LIFECYCLE_CYCLE: {
    summary: 'Components need each other in a circle.',
    message: (d) =>
      `Components need each other in a circle: ${drawPath(d.path)}. ` +
      'Take one of the links out: ask for it later through lifecycle.live(), or move what both need into a third component.',
  },
  ONEIRIC_LIFECYCLE_REENTRANT: {
    summary: 'A component was to be started, swapped or stopped from inside its own start, swap or stop.',
    message: (d) =>
      `${d.operation} of ${nameOf(d)} was called from inside an operation on ${nameOf(d)} that waits for it. ` +
      'Call it after that has ended; a listener of lifecycle.on() may.',
  },
  ONEIRIC_LIFECYCLE_IN_TRANSACTION: {
    summary: 'A component was to be started, swapped or stopped from inside a transaction of its registry.',
    message: (d) =>
      `${d.operation} of ${nameOf(d)} was called inside a transaction of the registry, which may yet be undone. ` +
      'Call it after the transaction has ended.',
  },
  ONEIRIC_LIFECYCLE_NOT_ACTIVE: {
    summary: 'Something was called or asked for that is not running.',
    message: (d) =>
      `${nameOf(d)} is not running, it is ${d.state}. ` +
      `Call await lifecycle.activate("${d.domain}", "${d.key}") first.`,
  },
  ONEIRIC_LIFECYCLE_PAUSED: {
    summary: 'A call came while calls to the component are held, and could not wait or waited too long.',
    message: (d) =>
      `Calls to ${nameOf(d)} are held: ${d.why}.` +
      (d.waitedMs === 0
        ? ' A call through handle.proxy cannot wait; handle.use() does.'
        : ` This one waited ${String(Math.round(d.waitedMs))} ms; timeouts.waitMs says how long one may.`) +
      ` Resume it: lifecycle.resume("${d.domain}", "${d.key}").`,
  },
  ONEIRIC_LIFECYCLE_CLOSED: {
    summary: 'A lifecycle, or a live handle of one, was used after the lifecycle was closed.',
    message: (d) =>
      `${d.what} was ${d.wasUnderWay === true ? 'ended, because' : 'used after'} its lifecycle was closed. Nothing of it runs any more.`,
  },
  ONEIRIC_LIFECYCLE_IN_USE: {
    summary: 'A component was to be stopped that others which run depend on.',
    message: (d) =>
      `${nameOf(d)} is in use by ${d.dependents.join(', ')}. ` +
      'Stop those first, or all together with { dependents: "stop" }.',
  },
  ONEIRIC_LIFECYCLE_NO_ROLLBACK: {
    summary: 'There is no good provider to roll back to.',
    message: (d) => `${nameOf(d)} cannot be rolled back: ${d.reason}. Nothing was changed.`,
  },
  ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT: {
    summary: 'Calls were still in flight when the time to wait for them was over.',
    message: (d) =>
      `${String(d.inFlight)} ${d.inFlight === 1 ? 'call is' : 'calls are'} still in flight on ${offerOf(d)} ` +
      `after ${String(d.timeoutMs)} ms. ${d.next}`,
  },
  ONEIRIC_LIFECYCLE_STATUS_FILE: {
    summary: 'The file that a lifecycle keeps its status in could not be read, written or set aside.',
    message: ({ file, failure, reason }) => STATUS_FILE_WORDS[failure](file, reason),
  },
  ONEIRIC_LIFECYCLE_METHOD_MISSING: {
    summary: 'A method that was taken from a live proxy is not there on the instance that serves now.',
    message: (d) =>
      `The instance that serves ${nameOf(d)} now, of provider ${d.provider}, has no method "${d.method}"; one that served ` +
      `before had it. Give all providers of ${nameOf(d)} the same methods, or ask at each call: proxy.${d.method}?.().`,
  },
  ONEIRIC_LIFECYCLE_EVENT_UNKNOWN: {
    summary: 'A listener was to be added for an event that a lifecycle does not have.',
    message: (d) =>
      `There is no event ${d.found}. Those there are: ${d.known.join(', ')}.` +
      (d.nearest === undefined ? '' : ` Did you mean "${d.nearest}"?`),
  },
};

const STATUS_FILE_WORDS: Readonly<
  Record<'read' | 'write' | 'set-aside', (file: string, reason: string) => string>
> = {
  read: (file, reason) =>
    `The status file ${file} cannot be read: ${reason}. A lifecycle starts without it, not knowing who was good last, ` +
    `and keeps it as ${file}.unreadable when it writes a new one. Restore it, or see what damaged it.`,
  write: (file, reason) =>
    `The status file ${file} could not be written: ${reason}. What was there before is untouched, and everything goes ` +
    'on running; the next change is written again. Make the folder writable, make room, or give another statusFile.',
  'set-aside': (file, reason) =>
    `The status file ${file} cannot be read, nor be kept as ${file}.unreadable: ${reason}. Move it away, or give ` +
    'another statusFile; until then none is written.',
};

const TIMEOUTS: Readonly<Record<Phase, string>> = {
  build: 'activationMs',
  health: 'healthMs',
  handover: 'handoverMs',
  preSwap: 'hookMs',
  drain: 'drainMs',
  cleanup: 'cleanupMs',
  postSwap: 'hookMs',
};

/** The option that bounds a phase. */
function timeoutOf(phase: Phase): string {
  return TIMEOUTS[phase];
}

/** The reason inside a message: a coded error's own words, anything else named. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const [first = ''] = error.message.split('\n', 1);
    return first.replace(/\.$/, '');
  }
  return describeThrown(error);
}
