import { inSpan, type Span } from '../observability/span-port.js';
import type { OperationEnded } from './lifecycle-channels.js';
import type { LifecycleCore } from './lifecycle-core.js';
import type { Operation } from './phase.js';
import { providerName } from './provider-name.js';
import type { Slot } from './slot.js';
import type { SwapReport } from './swap-report.js';

/** Runs one operation that may bring up an instance in its span, and tells when it has ended. The caller holds the key. */
export async function inOperation(
  core: LifecycleCore,
  slot: Slot,
  operation: Operation,
  work: (span: Span) => Promise<SwapReport>,
): Promise<SwapReport> {
  const { domain, key, current } = slot;
  const from = providerName(current?.candidate);
  const name = current === undefined ? 'oneiric.activate' : 'oneiric.swap';
  const began = core.feed.isEndHeard ? core.clock.now() : undefined;
  const end = (ended: Pick<OperationEnded, 'outcome' | 'to' | 'error'>): void => {
    if (began === undefined) return;
    core.feed.emitEnd({ domain, key, operation, from, ...ended, durationMs: core.clock.now() - began });
  };
  try {
    // Where the work fails, the outcome stays what it is at the beginning.
    const facts = { domain, key, operation, previous: from?.provider ?? null, outcome: 'failed' };
    const report = await inSpan(name, facts, async (span) => {
      const made = await work(span);
      const { outcome, to, problems } = made;
      span.set({ outcome, provider: to?.provider ?? null, version: to?.version ?? null });
      if (problems.length > 0) span.set({ problems: problems.length });
      return made;
    });
    const outcome = report.outcome === 'planned' ? 'kept' : report.outcome;
    end({ outcome, to: report.to, error: undefined });
    return report;
  } catch (error) {
    end({ outcome: 'failed', to: null, error });
    throw error;
  }
}
