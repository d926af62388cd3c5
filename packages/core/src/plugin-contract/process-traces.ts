import { systemClock } from '../foundation/clock.js';

const GRACE_MS = 500;
const STEP_MS = 20;

/** What Node calls the things that keep a process alive, and what people call them. */
const WORDS: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  Immediate: 'an immediate',
  FSEventWrap: 'a file watcher',
  StatWatcher: 'a file watcher',
  TCPSocketWrap: 'a socket',
  TCPServerWrap: 'a server',
  PipeWrap: 'a pipe',
  UDPWrap: 'a UDP socket',
  ProcessWrap: 'a child process',
  MessagePort: 'a worker or message port',
  Worker: 'a worker',
  SignalWrap: 'a signal listener',
};

/** What keeps this process alive now. */
export function runningResources(): readonly string[] {
  return process.getActiveResourcesInfo();
}

/**
 * What keeps this process alive now and did not at `before`, in words; empty as soon as nothing does. What is only about
 * to end is given a moment.
 */
export async function startedSince(before: readonly string[]): Promise<readonly string[]> {
  for (let waitedMs = 0; ; waitedMs += STEP_MS) {
    const started = difference(runningResources(), before);
    if (started.length === 0 || waitedMs >= GRACE_MS) return started.map((name) => WORDS[name] ?? name);
    await pause(STEP_MS);
  }
}

/** Lets `ms` milliseconds go by. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    systemClock.after(ms, resolve, { keepsAlive: true });
  });
}

function difference(now: readonly string[], before: readonly string[]): readonly string[] {
  const rest = [...before];
  return now.filter((name) => {
    const at = rest.indexOf(name);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

/** What of a process any module can change: by a name for people, the value. */
export type SharedState = ReadonlyMap<string, unknown>;

const SHARED_OBJECTS = {
  Object,
  Array,
  String,
  Number,
  Function,
  Promise,
  Map,
  Set,
  RegExp,
  Date,
  Error,
} as const;

/** Everything shared that is compared: globals, what all objects inherit, the environment, listeners, the folder. */
export function sharedState(): SharedState {
  const state = new Map<string, unknown>([['the working directory', process.cwd()]]);
  const note = (prefix: string, holder: object): void => {
    for (const name of Object.getOwnPropertyNames(holder)) {
      const property = Object.getOwnPropertyDescriptor(holder, name);
      // eslint-disable-next-line @typescript-eslint/unbound-method -- it is compared, and never called
      state.set(`${prefix}${name}`, property?.get ?? (property?.value as unknown));
    }
  };
  note('globalThis.', globalThis);
  for (const [name, { prototype }] of Object.entries(SHARED_OBJECTS))
    note(`${name}.prototype.`, prototype as object);
  for (const [name, value] of Object.entries(process.env)) state.set(`process.env.${name}`, value);
  for (const event of process.eventNames()) {
    state.set(`the listeners of process "${String(event)}"`, process.listenerCount(event));
  }
  return state;
}

/** What differs between two states, by name. */
export function changedNames(before: SharedState, after: SharedState): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => !Object.is(before.get(name), after.get(name)));
}
