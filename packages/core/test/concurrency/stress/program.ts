import fc from 'fast-check';

/** The locks of the stress: two exclusive ones, and one for readers and writers. */
export const LOCK_NAMES = ['a', 'b', 'rw'] as const;
export type LockName = (typeof LOCK_NAMES)[number];

/** What may end a request before its section starts. */
export type Limit =
  | { readonly kind: 'none' }
  | { readonly kind: 'if-available' }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'own-abort'; readonly afterPauses: number }
  | { readonly kind: 'shared-abort' };

/** One thing that a task does. A task is a list of them; only `pause` gives other tasks a chance. */
export type Step =
  | { readonly kind: 'pause' }
  | {
      readonly kind: 'section';
      readonly lock: LockName;
      /** Only for `rw`. */
      readonly reads: boolean;
      readonly limit: Limit;
      readonly steps: readonly Step[];
      /** Does the task go on only when the section has ended? */
      readonly awaited: boolean;
      readonly fails: boolean;
    }
  | { readonly kind: 'fork'; readonly branches: readonly (readonly Step[])[] }
  | { readonly kind: 'detach'; readonly lock: LockName; readonly steps: readonly Step[] }
  | { readonly kind: 'leave-behind'; readonly steps: readonly Step[] };

export interface Program {
  readonly tasks: readonly (readonly Step[])[];
  /** How many pauses of its own the signal waits that requests share. */
  readonly sharedAbortAfter: number;
  /** How often the clock moves on while there is still something else to do. */
  readonly ticks: number;
  readonly strict: boolean;
}

const limit: fc.Arbitrary<Limit> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Limit>({ kind: 'none' }) },
  { weight: 1, arbitrary: fc.constant<Limit>({ kind: 'if-available' }) },
  { weight: 1, arbitrary: fc.nat(30).map((timeoutMs): Limit => ({ kind: 'timeout', timeoutMs })) },
  { weight: 1, arbitrary: fc.nat(4).map((afterPauses): Limit => ({ kind: 'own-abort', afterPauses })) },
  { weight: 1, arbitrary: fc.constant<Limit>({ kind: 'shared-abort' }) },
);

const { steps } = fc.letrec<{ step: Step; steps: readonly Step[] }>((tie) => ({
  steps: fc.array(tie('step'), { maxLength: 4, size: 'max', depthIdentifier: 'steps' }),
  step: fc.oneof(
    { depthIdentifier: 'steps', depthSize: 'large', maxDepth: 8, withCrossShrink: true },
    { weight: 3, arbitrary: fc.constant<Step>({ kind: 'pause' }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('section' as const),
        lock: fc.constantFrom(...LOCK_NAMES),
        reads: fc.boolean(),
        limit,
        steps: tie('steps'),
        awaited: fc.oneof(
          { weight: 3, arbitrary: fc.constant(true) },
          { weight: 1, arbitrary: fc.constant(false) },
        ),
        fails: fc.oneof(
          { weight: 5, arbitrary: fc.constant(false) },
          { weight: 1, arbitrary: fc.constant(true) },
        ),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('fork' as const),
        branches: fc.array(tie('steps'), { minLength: 2, maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('detach' as const),
        lock: fc.constantFrom(...LOCK_NAMES),
        steps: tie('steps'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave-behind' as const), steps: tie('steps') }) },
  ),
}));

/** Random trees of forks, nested sections, aborts, timeouts, detached and late work on three locks. */
export const program: fc.Arbitrary<Program> = fc.record({
  tasks: fc.array(steps, { minLength: 2, maxLength: 5, size: 'max' }),
  sharedAbortAfter: fc.nat(10),
  ticks: fc.nat(6),
  strict: fc.boolean(),
});
