/** How many turns of the event loop count as "it had every chance to happen". */
const ENOUGH_TURNS = 6;

/** Lets every promise that can settle without time passing settle: a bounded number of whole event-loop turns. */
export async function quiet(turns = ENOUGH_TURNS): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** Waits exactly `count` turns of the microtask queue; never yields to the event loop. */
export async function microtasks(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

/** Result of {@link outcomeOf}: what became of a promise after it had every chance to settle. */
export type Outcome<T> =
  | { readonly kind: 'pending' }
  | { readonly kind: 'fulfilled'; readonly value: T }
  | { readonly kind: 'rejected'; readonly reason: unknown };

/** What `promise` has come to after `turns` event-loop turns; never hangs and never leaves a rejection unhandled. */
export async function outcomeOf<T>(promise: Promise<T>, turns?: number): Promise<Outcome<T>> {
  let outcome: Outcome<T> = { kind: 'pending' };
  promise.then(
    (value) => (outcome = { kind: 'fulfilled', value }),
    (reason: unknown) => (outcome = { kind: 'rejected', reason }),
  );
  await quiet(turns);
  return outcome;
}

/** The value of `promise`; throws where it rejected or is still pending after `turns` event-loop turns. */
export async function soon<T>(promise: Promise<T>, turns?: number): Promise<T> {
  const outcome = await outcomeOf(promise, turns);
  if (outcome.kind === 'pending') throw new Error('still pending, although nothing was left to wait for');
  if (outcome.kind === 'rejected') throw outcome.reason;
  return outcome.value;
}

/** The reason why `promise` rejected; throws where it was fulfilled or is still pending. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await outcomeOf(promise);
  if (outcome.kind === 'rejected') return outcome.reason;
  throw new Error(`expected a rejection, but the promise is ${outcome.kind}`);
}
