import { wrap, type Layout } from '../decision/text-layout.js';
import { printable } from '../foundation/printable.js';
import type { FailureLink } from './failure-chain.js';
import { LIFECYCLE_WORDING } from './lifecycle-wording.js';

/** An error and its causes, each on lines of its own: `CODE: message`, then `because CODE: message`. */
export function renderChain(causes: readonly FailureLink[], layout: Layout, indent: string): string[] {
  return causes.flatMap(({ code, message }, index) => {
    const words = code === undefined || message.startsWith(code) ? message : `${code}: ${message}`;
    const told = index === 0 ? words : `${LIFECYCLE_WORDING.cause} ${words}`;
    return wrap(printable(told), layout, indent, `${indent}  `);
  });
}
