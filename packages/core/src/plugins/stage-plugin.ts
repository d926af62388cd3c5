import type { CandidateInput } from '../decision/candidate.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import { definitionSiteOf } from '../foundation/definition-site.js';
import { describeValue } from '../foundation/describe-value.js';
import { settleWithin, type WaitOptions, type WaitOutcome } from '../foundation/settle-within.js';
import { checkSourceInputs } from '../registry/check-inputs.js';
import type { InputProblem } from '../registry/registry-errors.js';
import type { ReferenceLoader } from '../security/reference-loader.js';
import type { Plugin } from './plugin.js';
import { offeredNames } from './offered-name.js';
import type { PlannedPlugin } from './plan-plugins.js';
import { tellLate } from './plugin-channels.js';
import { type Cleanup, cleanUp, readCleanup } from './plugin-cleanup.js';
import { runPluginCode, type RunPlugin } from './plugin-code.js';
import { PLUGIN_ERRORS, type PluginPhase } from './plugin-errors.js';
import type { Misfit } from './plugin-fit.js';
import type { PluginReason } from './plugin-report.js';
import { pluginSource, withSource } from './plugin-source.js';
import { nameOf, readPlugin } from './read-plugin.js';
import { readRefusal, tellProblems, type ToldProblem } from './read-refusal.js';
import { SetupContext } from './setup-context.js';
import type { StagedPlugin } from './staged-plugin.js';
import { locateFailure, tellThrown } from './thrown-by-plugin.js';

export interface StageOptions extends WaitOptions {
  readonly projectDir: string;
  readonly loader: Pick<ReferenceLoader, 'load'>;
  readonly onPending?: ((packages: readonly string[]) => void) | undefined;
  readonly runPlugin?: RunPlugin | undefined;
}

/**
 * Imports a plugin and runs its setup, with a time for each. Whatever its code does becomes data; what it leaves behind
 * when its time is up is cleaned up as soon as it comes.
 *
 * @throws the signal's reason, and nothing else
 */
export async function stagePlugin(
  plan: PlannedPlugin,
  generation: number,
  options: StageOptions,
): Promise<StagedPlugin> {
  options.signal?.throwIfAborted();
  const { clock } = options;
  const began = clock.now();
  if (plan.misfit !== null) return unstaged(plan, plan.misfit);
  const staging = new Staging(plan, options);
  try {
    const ready = await staging.run(generation);
    return { plan, state: 'loaded', generation, ...ready, durationMs: clock.now() - began };
  } catch (thrown) {
    staging.end();
    if (!(thrown instanceof Failure)) throw thrown;
    const { reason, error } = thrown;
    const { name, offered } = staging;
    return {
      plan,
      state: 'failed',
      generation,
      name,
      reason,
      error,
      offered,
      durationMs: clock.now() - began,
    };
  }
}

/** One that is not imported: failed where its package is broken, and skipped where that is as it should be. */
function unstaged(plan: PlannedPlugin, { reason, detail, broken }: Misfit): StagedPlugin {
  const nothing = { plan, generation: 0, durationMs: 0 };
  if (broken === undefined) return { ...nothing, state: 'skipped' };
  const { package: name, entry, provides: offered } = plan;
  const details = { package: name, entry: entry ?? 'package.json', found: detail, expected: broken };
  const error = createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_INVALID', details);
  return { ...nothing, state: 'failed', name: null, reason, error, offered };
}

/** Why a plugin cannot be loaded. */
class Failure extends Error {
  readonly reason: PluginReason;
  readonly error: OneiricError;

  constructor(reason: PluginReason, error: OneiricError) {
    super(reason);
    this.reason = reason;
    this.error = error;
  }
}

class Staging {
  name: string | null = null;
  readonly #plan: PlannedPlugin;
  readonly #options: StageOptions;
  readonly #ending = new AbortController();
  #declared: readonly unknown[] = [];
  #setup: SetupContext | undefined;

  constructor(plan: PlannedPlugin, options: StageOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  /** Everything that it has offered in one way or another. */
  get offered() {
    const registered = this.#setup?.registered.map(({ input }) => input) ?? [];
    return offeredNames([...this.#declared, ...registered, ...this.#plan.provides]);
  }

  /** Aborts the signal of the setup. */
  readonly end = (): void => {
    this.#ending.abort();
  };

  async run(generation: number) {
    const { value } = await this.#import(generation);
    const plugin = this.#read(value);
    this.name = plugin.name;
    const { projectDir } = this.#options;
    this.#setup = new SetupContext(plugin.name, projectDir, this.#ending.signal);
    const cleanup = await this.#runSetup(plugin, this.#setup);
    try {
      const candidates = this.#collect(plugin, this.#setup, generation);
      return { name: plugin.name, candidates, cleanup, end: this.end };
    } catch (error) {
      await this.#cleanUpNow(cleanup);
      throw error;
    }
  }

  /** In an object, as what is exported could have a "then" of its own, which nobody is to wait for. */
  async #import(generation: number): Promise<{ readonly value: unknown }> {
    const { loader, signal, runPlugin } = this.#options;
    const { package: name, folder, entry } = this.#plan;
    const load = () =>
      loader.load(`${String(entry)}#default`, {
        within: { package: name, folder: String(folder) },
        ...(generation > 1 ? { generation } : {}),
        ...(signal === undefined ? {} : { signal }),
      });
    const loading = runPluginCode(name, load, runPlugin);
    const outcome = await this.#settle('import', loading);
    if (outcome.kind === 'done') return outcome.value;
    // What the module itself threw is of more use than that it threw.
    const error = OneiricError.is(outcome.error, 'ONEIRIC_REFERENCE_FAILED')
      ? outcome.error.cause
      : outcome.error;
    if (OneiricError.is(error, 'ONEIRIC_REFERENCE_EXPORT')) {
      const expected = '"export default definePlugin({ … })"';
      throw this.#invalid({ found: `${String(entry)} has no default export`, expected });
    }
    const refused = readRefusal(error);
    if (refused?.code === 'ONEIRIC_PLUGIN_DEFINITION_INVALID') {
      this.#declared = refused.offered;
      throw this.#invalid(refused.problem, error);
    }
    const thrown = tellThrown(this.#plan, this.#options.projectDir, error);
    const details = {
      package: name,
      entry: String(entry),
      thrown,
      at: await locateFailure(this.#plan, error),
    };
    throw this.#failure(
      'IMPORT_FAILED',
      createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_IMPORT_FAILED', details, { cause: error }),
    );
  }

  #read(value: unknown): Plugin {
    this.name = nameOf(value);
    const problems: InputProblem[] = [];
    const plugin = readPlugin(value, problems);
    this.#declared = plugin?.candidates ?? [];
    if (plugin === undefined || problems.length > 0) throw this.#invalid(tellProblems(problems));
    return definitionSiteOf(value) === undefined ? plugin : (value as Plugin);
  }

  async #runSetup({ setup }: Plugin, staged: SetupContext): Promise<Cleanup | undefined> {
    if (setup === undefined) return undefined;
    const { package: name } = this.#plan;
    const run = async () => ({ value: await setup(staged.context) });
    const running = runPluginCode(name, run, this.#options.runPlugin);
    let outcome: Settled<{ readonly value: unknown }>;
    try {
      outcome = await this.#settle('setup', running, (late) =>
        this.#cleanUpNow(readCleanup(late.value) ?? undefined),
      );
    } finally {
      staged.settle();
    }
    if (outcome.kind === 'failed') {
      const { error } = outcome;
      const thrown = tellThrown(this.#plan, this.#options.projectDir, error);
      const details = {
        package: name,
        name: String(this.name),
        thrown,
        at: await locateFailure(this.#plan, error),
      };
      throw this.#failure(
        'SETUP_FAILED',
        createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_SETUP_FAILED', details, { cause: error }),
      );
    }
    const { value } = outcome.value;
    const cleanup = readCleanup(value);
    if (cleanup !== null) return cleanup;
    throw this.#invalid({
      found: `its setup returned ${describeValue(value)}`,
      expected: 'nothing, a function that cleans up, or an object that can be disposed',
    });
  }

  /** What it offers, checked as the registry will and copied, so that it stays what was checked; a place for each. */
  #collect(plugin: Plugin, staged: SetupContext, generation: number): readonly CandidateInput[] {
    try {
      staged.assertNothingRefused();
      const site = definitionSiteOf(plugin);
      const declared = (plugin.candidates ?? []).map((input) =>
        withSource(input, definitionSiteOf(input) ?? site, this.#plan, generation),
      );
      const registered = staged.registered.map(({ input, place }) =>
        withSource(input, definitionSiteOf(input) ?? place, this.#plan, generation),
      );
      return checkSourceInputs(pluginSource(this.#plan), [...declared, ...registered]) as CandidateInput[];
    } catch (error) {
      throw this.#invalid(
        {
          found: `what it offers is refused (${tellThrown(this.#plan, this.#options.projectDir, error)})`,
          expected: 'valid candidates, each name once',
        },
        error,
      );
    }
  }

  /** How code of the plugin ends; what comes of it too late is handed to `clear`, or told to diagnostics. */
  async #settle<T>(
    phase: PluginPhase,
    running: Promise<T>,
    clear: (late: T) => Promise<void> | undefined = () => undefined,
  ): Promise<Settled<T>> {
    const { signal, timeoutMs } = this.#options;
    const { package: name } = this.#plan;
    const outcome = await settleWithin(running, this.#options);
    if (outcome.kind === 'done' || outcome.kind === 'failed') return outcome;
    running.then(clear, (error: unknown) => {
      tellLate(name, phase, error);
    });
    if (outcome.kind === 'aborted') {
      this.end();
      signal?.throwIfAborted();
    }
    throw this.#failure(
      'TIMEOUT',
      createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_TIMEOUT', { package: name, phase, timeoutMs }),
    );
  }

  async #cleanUpNow(cleanup: Cleanup | undefined): Promise<void> {
    const { package: name } = this.#plan;
    this.end();
    const error = await cleanUp(name, cleanup, this.#options);
    if (error !== undefined) tellLate(name, 'cleanup', error);
  }

  #invalid({ found, expected }: ToldProblem, cause?: unknown): Failure {
    const { package: name, entry } = this.#plan;
    const details = { package: name, entry: String(entry), found, expected };
    const options = cause === undefined ? {} : { cause };
    return this.#failure('INVALID', createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_INVALID', details, options));
  }

  #failure(reason: PluginReason, error: OneiricError): Failure {
    return new Failure(reason, error);
  }
}

type Settled<T> = Extract<WaitOutcome<T>, { readonly kind: 'done' | 'failed' }>;
