/** For each code of the lifecycle: when it comes, and what to do. */
export const LIFECYCLE_ADVICE: Readonly<Record<string, readonly [when: string, next: string]>> = {
  ONEIRIC_LIFECYCLE_OPTION_INVALID: [
    'An option of the lifecycle, or the options of one of its methods, is unknown, of the wrong type or out of bounds. No lifecycle was made, or nothing was done.',
    'Correct the value that the message names.',
  ],
  ONEIRIC_LIFECYCLE_FAILED: [
    'A component could not be started, swapped in, rolled back to, drained or stopped. `error.details.phase` says in which phase, `error.cause` why, and `error.details.serving` who serves now. Before the new instance is bound every failure leaves the old one serving, and the new one is closed.',
    'Mend the cause and try again: a failed start is not remembered. `lifecycle.status(key)` keeps the chain of causes and the number of attempts until something goes well.',
  ],
  ONEIRIC_LIFECYCLE_SUPERSEDED: [
    'A factory, a check or a hook was still at work for a decision when another one was made: it finds this as the reason of its signal. Nobody else sees it; the next decision is followed at once.',
    'End what you have begun, and throw the reason of the signal. What runs goes on meanwhile.',
  ],
  ONEIRIC_LIFECYCLE_TIMEOUT: [
    'A factory, a health check, a handover, a hook or a cleanup took longer than its option of `timeouts` allows. It comes as the cause of `ONEIRIC_LIFECYCLE_FAILED`. The code that was waited for goes on by itself; an instance that it still gives is closed.',
    'Find out what it waits for. Pass the `signal` that it gets on to what it calls, so that it ends when nobody waits any more. Raise the option where the time is really needed.',
  ],
  ONEIRIC_LIFECYCLE_UNHEALTHY: [
    'A new instance was built and its health check said no: `health` of the candidate, or `health()`, `checkHealth()` or `isHealthy()` of the instance. It was closed again, and what ran before goes on.',
    'Look at what the check looks at. Where a component needs a while before it is well, let its factory wait for that.',
  ],
  ONEIRIC_LIFECYCLE_RESULT_INVALID: [
    'A factory gave nothing, or a health check something else than true or false.',
    'Return the instance. For a method `health()` of the instance that means something else, write `health: (instance) => …` on the candidate: it counts instead.',
  ],
  ONEIRIC_LIFECYCLE_FACTORY_NOT_LOADED: [
    'The candidate says where its factory is (`package/path#export`), and this lifecycle was not told how to load it.',
    'Give `new LifecycleManager(registry, { loadFactory })`, or offer the function itself.',
  ],
  ONEIRIC_LIFECYCLE_SCOPE: [
    'The candidate that wins is `transient` or `scoped`: there is one instance for each who asks, or for each scope, and none that could be started, swapped or probed.',
    'Get it from the container (`resolver.get`, `scope.get`), or offer it as a singleton.',
  ],
  ONEIRIC_LIFECYCLE_DEPENDENCY: [
    'Something that the component injects, directly or not, is not offered, does not win, or could not be started. The message draws the whole path; what was started on the way goes on running. Missing links are found before anything is built.',
    'Look at the last step of the path: its own reason follows it, and `error.cause` is the error underneath, with the explanation where nothing won.',
  ],
  ONEIRIC_LIFECYCLE_CYCLE: [
    'Components inject each other in a circle. It is found before anything is built.',
    'Take one link out of the circle: ask for that component later, through `lifecycle.live()`, or move what both need into a third component.',
  ],
  ONEIRIC_LIFECYCLE_REENTRANT: [
    'A factory, a hook or a cleanup of a component called an operation on the same component, and would have waited for itself.',
    'Do it when the operation has ended: a listener of `lifecycle.on(…)` may call everything.',
  ],
  ONEIRIC_LIFECYCLE_IN_TRANSACTION: [
    'An operation of the lifecycle was called inside `registry.transaction`. What is decided there may be undone, and nobody else sees it yet: an instance of it must not run.',
    'Call it after the transaction has ended. With `follow` on, what runs is swapped then by itself.',
  ],
  ONEIRIC_LIFECYCLE_NOT_ACTIVE: [
    'A call through `handle.proxy`, a probe or a pause needs something that runs, and nothing does: it was never started, or it was stopped with `deactivate`.',
    'Call `await lifecycle.activate(key)` first. `handle.use()` starts what was never started by itself; what was stopped on purpose is only started by `activate`.',
  ],
  ONEIRIC_LIFECYCLE_METHOD_MISSING: [
    'A method was taken from `handle.proxy` while one provider served, and called while another serves whose instance does not have it.',
    'Give all providers of the key the same methods. Where one is optional, ask at each call: `handle.proxy.flush?.()`.',
  ],
  ONEIRIC_LIFECYCLE_PAUSED: [
    'Calls are held, because somebody called `pause` or `drain`, or because a handover is carrying data over to a new instance. A call through `handle.proxy` cannot wait and fails at once; `handle.use()` waits up to `timeouts.waitMs`.',
    'Use `handle.use()` where calls have to survive a pause, and call `lifecycle.resume(key)`.',
  ],
  ONEIRIC_LIFECYCLE_CLOSED: [
    'The lifecycle was closed, and something of it was used afterwards: a method, or a live handle that outlived it.',
    'Close it last. An operation that was under way when it was closed ends with this error, too.',
  ],
  ONEIRIC_LIFECYCLE_IN_USE: [
    'A component that is to be stopped was given to others that run.',
    'Stop those first, or all of them with `{ dependents: "stop" }`. To put another one in its place, use `swap`: what it was given to follows.',
  ],
  ONEIRIC_LIFECYCLE_NO_ROLLBACK: [
    'There is nobody to return to: no other provider served well before the present one, or it is not eligible any more.',
    'Use `swap` with the name of a provider. With `statusFile` the last good provider is also known after a restart.',
  ],
  ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT: [
    'Calls were still in flight when `timeouts.drainMs` was over. After a swap or a stop the old instance is closed all the same, so that a call that never ends cannot keep it for ever; `drain` leaves everything as it is.',
    'Find the call that does not end. Raise the option where calls really take that long.',
  ],
  ONEIRIC_LIFECYCLE_STATUS_FILE: [
    'The file of the option `statusFile` could not be read when the lifecycle began, could not be written after a change, or could not be moved out of the way. It is told by the event `status-file-failed` and stops nothing: the file is only a record. It is written whole or not at all, so that a process that is killed leaves the one before.',
    'A file that cannot be read is kept beside the new one, as `<name>.unreadable`: restore it where you know who damaged it, or delete it. All that is lost with it is who was good last, which `rollback` would return to, until the next swap. Where the message speaks of a newer @oneiric/core, update this one. A file that cannot be written needs a folder that this process may write into, and room.',
  ],
  ONEIRIC_LIFECYCLE_EVENT_UNKNOWN: [
    '`lifecycle.on` was called with an event that does not exist.',
    'Use one of the events that the message lists.',
  ],
};
