/** For each code of the container: when it comes, and what to do. */
export const CONTAINER_ADVICE: Readonly<Record<string, readonly [when: string, next: string]>> = {
  ONEIRIC_CONTAINER_MISSING: [
    'A component was asked for that nothing wins for, or one that needs such a one, at any depth. It is found before anything is built.',
    'The last step of the path is what is missing; `error.details.explanation` is the whole decision about it. Register it, or correct the name. `resolver.validate()` finds all of them at once, at the start or in a test.',
  ],
  ONEIRIC_CONTAINER_CYCLE: [
    'Components inject each other in a circle. The path ends with the one that is on it already. It is found before anything is built.',
    'Move what both need into a third component. Or take one of the two out of `inject` and ask for it when it is called: `resolver.lifecycle.live(key)`.',
  ],
  ONEIRIC_CONTAINER_SCOPE_LEAK: [
    'A singleton injects something `scoped` or `transient`, directly or as the last two steps of the path say. It would keep that instance for ever: beyond the end of the scope, and past every swap.',
    'Let the holder be scoped or transient, too. Or let what it holds be a singleton that is given what changes with each call.',
  ],
  ONEIRIC_CONTAINER_SCOPE_NEEDED: [
    'A component with `scope: "scoped"` was asked for from a resolver that is no scope, or was injected into a transient that such a resolver builds.',
    'Create a scope for the request or the job, `await using scope = resolver.createScope()`, and ask that.',
  ],
  ONEIRIC_CONTAINER_NOT_ACTIVE: [
    '`get` was asked for a singleton that does not run, or for a transient or scoped component that needs one. Starting it takes an await, which `get` cannot do; nothing was started.',
    '`await resolver.getAsync(key)` once, or `await lifecycle.activate(key)` at the start; from then on `get` gives it.',
  ],
  ONEIRIC_CONTAINER_ASYNC: [
    '`get` was asked for a transient or scoped component whose factory, or whose settings, are asynchronous, or whose factory has to be loaded first.',
    'Use `getAsync`.',
  ],
  ONEIRIC_CONTAINER_FAILED: [
    'The constructor or the factory of a component threw, gave nothing, or a singleton that it needs could not be started. The last step of the path is the one that failed; `error.cause` is what was thrown.',
    'Correct what the cause says. Nothing is remembered of a failure: the next call tries again.',
  ],
  ONEIRIC_CONTAINER_CLOSED: [
    'A resolver or a scope was asked after its `dispose` had begun.',
    'Look for who keeps it: a scope belongs to one request or one job. Create another one.',
  ],
  ONEIRIC_CONTAINER_CLASS_INVALID: [
    'A class was registered that does not say what it provides, or whose list of things to inject does not fit its parameters; or one is constructed that has parameters of which nothing is said.',
    'Say it with `@Provides({ domain, key })`, or as the second argument of `register`. Mark every parameter, or list all of them: `inject: [CACHE, CLOCK]`.',
  ],
  ONEIRIC_CONTAINER_ALREADY_BOUND: [
    '`bindRegistry` found that the application has bound an identifier of a key itself. With two bindings Inversify would refuse to choose. Nothing was bound.',
    'Remove the binding of the application, or say which counts with `onConflict`.',
  ],
  ONEIRIC_CONTAINER_ARGUMENT_INVALID: [
    'A method or a decorator of the container was called with something that it cannot use: no key, an unknown option, no Inversify container.',
    'Correct the value that the message names.',
  ],
  ONEIRIC_CONTAINER_GRAPH_INVALID: [
    '`resolver.assertValid()` found something: missing links, circles, singletons that hold something shorter-lived, selections of unknown providers. Nothing was built.',
    'Each line is one problem, with the path to it; `error.details.problems` has them as data.',
  ],
};
