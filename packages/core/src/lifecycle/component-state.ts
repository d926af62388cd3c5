/** What a component is doing, in the order in which one goes through it; the last three come from outside of that. */
export const COMPONENT_STATES = [
  'registered',
  'activating',
  'ready',
  'draining',
  'retired',
  'failed',
  'paused',
  'withdrawn',
] as const;
export type ComponentState = (typeof COMPONENT_STATES)[number];
