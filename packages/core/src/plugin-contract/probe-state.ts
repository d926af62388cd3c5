import { OneiricError } from '../errors/oneiric-error.js';
import { systemClock } from '../foundation/clock.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import { settleWithin } from '../foundation/settle-within.js';
import type { Plugin } from '../plugins/plugin.js';
import type { Breach, ContractRuleId } from './contract-rules.js';
import { missingIn } from './missing-module.js';
import type { Missing, ProbeRequest } from './probe-messages.js';

/** Tells what was found against a rule. */
export type Blame = (rule: ContractRuleId, breach: Breach & { readonly missing?: Missing }) => void;

/** What one rule is judged by; what was found is told through `probe.blame`. */
export type Judge = (probe: ProbeState) => Promise<void>;

/** What the judges of one trial hand on to each other. */
export class ProbeState {
  readonly request: ProbeRequest;
  readonly blame: Blame;
  /** Says that the trial has come to a rule, or goes on with it. */
  readonly judging: (rule: ContractRuleId) => void;
  /** What keeps the process alive once the plugin is imported. */
  resources: readonly string[] = [];
  /** What the first host had of it: `adapter/cache redis`, sorted. */
  loaded: readonly string[] = [];
  #plugin: Plugin | undefined;
  #offered: readonly unknown[] = [];

  constructor(request: ProbeRequest, judging: ProbeState['judging'], blame: Blame) {
    this.request = request;
    this.judging = judging;
    this.blame = blame;
  }

  get plugin(): Plugin {
    if (this.#plugin === undefined) throw new TypeError('the plugin is asked for before it was read');
    return this.#plugin;
  }

  set plugin(plugin: Plugin) {
    this.#plugin = plugin;
  }

  /** What the plugin offers, as it wrote it. */
  get offered(): readonly unknown[] {
    return this.#offered;
  }

  set offered(inputs: readonly unknown[]) {
    this.#offered = inputs;
  }

  /** Waits as long as the host would; where it takes longer or throws, that is told, and undefined is the result. */
  async within<T>(
    rule: ContractRuleId,
    where: string,
    work: () => Promise<T>,
  ): Promise<{ value: T } | undefined> {
    const { timeoutMs } = this.request;
    const outcome = await settleWithin(startNow(work), { clock: systemClock, timeoutMs, signal: undefined });
    switch (outcome.kind) {
      case 'done':
        return { value: outcome.value };
      case 'failed':
        this.blameThrown(rule, where, outcome.error);
        return undefined;
      case 'late':
      case 'aborted':
        this.blame(rule, { where, found: `that it has not settled after ${timeoutMs} ms` });
        return undefined;
      default:
        return outcome satisfies never;
    }
  }

  blameThrown(rule: ContractRuleId, where: string, thrown: unknown): void {
    const missing = missingIn(thrown);
    const found = OneiricError.is(thrown) ? `${thrown.code}: ${thrown.message}` : describeThrown(thrown);
    this.blame(rule, { where, found, ...(missing === undefined ? {} : { missing }) });
  }
}

/** What throws at once rejects. */
async function startNow<T>(work: () => Promise<T>): Promise<T> {
  return work();
}
