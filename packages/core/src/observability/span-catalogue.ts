/** Every span, by its name, and what it spans. */
export const SPANS = {
  'oneiric.activate':
    'Bringing up one instance: what it injects (an `oneiric.activate` each), its build, its health. The root where nothing ran before.',
  'oneiric.swap':
    'Putting one instance in the place of another: a swap, a roll-back, or what follows a changed decision.',
  'oneiric.deactivate': 'Stopping what runs, because it was asked for or because the lifecycle closes.',
  'oneiric.probe': 'One probe, with the trials of those that another one runs in the place of.',
  'oneiric.decision': 'Who is to run.',
  'oneiric.build': 'The factory: its module, its settings, its call.',
  'oneiric.health': 'The health check.',
  'oneiric.handover': 'Waiting for the calls in flight, then the hand-over of what the old instance knows.',
  'oneiric.pre_swap': 'The hook `preSwap`.',
  'oneiric.drain': 'Waiting for the calls in flight on the old instance.',
  'oneiric.cleanup': 'Closing an instance.',
  'oneiric.post_swap': 'The hook `postSwap`.',
} as const satisfies Record<`oneiric.${string}`, string>;

/** Every attribute of spans and metrics: the name under which it is told, by what we call it. */
export const ATTRIBUTES = {
  domain: 'oneiric.domain',
  key: 'oneiric.key',
  /** Whom it is about; of a swap, who runs after it. */
  provider: 'oneiric.provider',
  /** Who ran before. */
  previous: 'oneiric.provider.previous',
  /** The version of the provider. */
  version: 'oneiric.provider.version',
  /** The rule that decided; see docs/reasons. */
  decidedBy: 'oneiric.decided_by',
  fingerprint: 'oneiric.fingerprint',
  /** Of a decision `resolved`, `tie`, `none`; of an operation `started`, `swapped`, `kept`, `failed`. */
  outcome: 'oneiric.outcome',
  /** `activate`, `swap`, `rollback`, `follow`, `deactivate`, `close`, `probe`, `trial`, … */
  operation: 'oneiric.operation',
  phase: 'oneiric.phase',
  /** The state of a component. */
  state: 'oneiric.state',
  /** What a health check said. */
  healthy: 'oneiric.healthy',
  /** How many calls were in flight when a drain began. */
  inFlight: 'oneiric.calls.in_flight',
  /** How many things failed after the new instance was bound. */
  problems: 'oneiric.problems',
  /** The name of a lock, without the key of a keyed one. */
  lock: 'oneiric.lock',
  /** `exclusive` or `shared`. */
  lockMode: 'oneiric.lock.mode',
  /** The code of what failed, or the name of a foreign error, as OpenTelemetry's conventions have it. */
  errorType: 'error.type',
} as const;
