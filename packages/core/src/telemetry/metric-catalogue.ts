import type { SpanFacts } from '../observability/span-port.js';

/** One instrument: its kind, unit and words, and the attributes that its points have. */
export interface MetricText {
  /** `count` is a number of things that go up and down, observed when metrics are read. */
  readonly kind: 'counter' | 'histogram' | 'count';
  /** In the notation of UCUM, as OpenTelemetry's conventions have it. */
  readonly unit: string;
  readonly description: string;
  readonly attributes: readonly (keyof SpanFacts)[];
}

/** Every metric, by its name. */
export const METRICS = {
  'oneiric.decisions': {
    kind: 'counter',
    unit: '{decision}',
    description: 'Decisions that were made anew; one that is remembered is not counted again.',
    attributes: ['domain', 'outcome', 'decidedBy'],
  },
  'oneiric.swaps': {
    kind: 'counter',
    unit: '{swap}',
    description: 'Activations, swaps, roll-backs and what followed changed decisions, by how they ended.',
    attributes: ['domain', 'operation', 'outcome'],
  },
  'oneiric.failures': {
    kind: 'counter',
    unit: '{failure}',
    description: 'Phases and operations that failed.',
    attributes: ['domain', 'operation', 'phase', 'errorType'],
  },
  'oneiric.swap.duration': {
    kind: 'histogram',
    unit: 's',
    description:
      'How long activations, swaps and roll-backs took, from the moment they had the key to themselves.',
    attributes: ['domain', 'operation', 'outcome'],
  },
  'oneiric.phase.duration': {
    kind: 'histogram',
    unit: 's',
    description: 'How long the phases of instances took.',
    attributes: ['domain', 'operation', 'phase', 'state'],
  },
  'oneiric.lock.wait': {
    kind: 'histogram',
    unit: 's',
    description: 'How long sections waited for their lock.',
    attributes: ['lock', 'lockMode'],
  },
  'oneiric.lock.hold': {
    kind: 'histogram',
    unit: 's',
    description: 'How long sections held their lock.',
    attributes: ['lock', 'lockMode'],
  },
  'oneiric.component.count': {
    kind: 'count',
    unit: '{component}',
    description: 'Components that were started or asked for, by their state.',
    attributes: ['domain', 'state'],
  },
  'oneiric.call.count': {
    kind: 'count',
    unit: '{call}',
    description: 'Calls in flight on components, those that drain included.',
    attributes: ['domain', 'key'],
  },
} as const satisfies Readonly<Record<`oneiric.${string}`, MetricText>>;

export type MetricName = keyof typeof METRICS;

/** Upper bounds of the buckets, in seconds: those of OpenTelemetry's conventions, and for locks further down. */
export const DURATION_BUCKETS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30,
];
export const LOCK_BUCKETS: readonly number[] = [
  0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30,
];
