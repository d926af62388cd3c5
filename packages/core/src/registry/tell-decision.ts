import type { Explanation } from '../decision/explanation.js';
import { channelOf } from '../observability/channels.js';

const made = channelOf('oneiric:decision:made');

/** A listener may ask for decisions, which would be told to it, and so on. */
let isTelling = false;

/** Publishes a decision that was made, and not remembered. Costs one look where nobody listens. */
export function tellDecision(registry: object | undefined, explanation: Explanation): void {
  if (!made.hasSubscribers || isTelling || registry === undefined) return;
  isTelling = true;
  try {
    const { domain, key } = explanation.request;
    made.publish({ registry, domain, key, explanation });
  } finally {
    isTelling = false;
  }
}
